package ai.okchat.api.v1alpha1;

import static ai.okchat.api.v1alpha1.Rules.COLOUR;
import static ai.okchat.api.v1alpha1.Rules.COLOUR_MESSAGE;
import static ai.okchat.api.v1alpha1.Rules.LINK;
import static ai.okchat.api.v1alpha1.Rules.LINK_MESSAGE;
import static ai.okchat.api.v1alpha1.Rules.NOT_BLANK;
import static ai.okchat.api.v1alpha1.Rules.NOT_BLANK_MESSAGE;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * The voice agent of a bot. API field: {@code voice_widget_config}, whose {@code agentId} the
 * operator sets to the ID of the bot.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VoiceAgent(
    @Size(max = 64)
        @ValidationRule(value = NOT_BLANK, message = NOT_BLANK_MESSAGE)
        @JsonPropertyDescription(
            "Name of the voice, for example shimmer. Default: not managed. API field:"
                + " voice_widget_config.voice.")
        @Nullable String voice,
    @JsonPropertyDescription("Picture of the voice widget. Default: not managed.")
        @Nullable Picture avatar,
    @JsonPropertyDescription("Colours and corner radii of the voice widget. Default: not managed.")
        @Nullable Appearance appearance,
    @JsonPropertyDescription("Texts of the voice widget. Default: not managed.")
        @Nullable Text text,
    @JsonPropertyDescription(
            "Parameters of the model that generates the responses. Default: not managed.")
        @Nullable Model model,
    @JsonPropertyDescription("Voice activity detection. Default: not managed.") @Nullable Vad vad) {

  /** The picture of the voice widget. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Picture(
      @Size(max = 2048)
          @ValidationRule(value = LINK, message = LINK_MESSAGE)
          @JsonPropertyDescription(
              "HTTP or HTTPS URL of the picture. Default: not managed. API field:"
                  + " voice_widget_config.avatar.imageUrl.")
          @Nullable String imageUrl) {}

  /** The colours and corner radii of the voice widget. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Appearance(
      @Size(max = 7)
          @ValidationRule(value = COLOUR, message = COLOUR_MESSAGE)
          @JsonPropertyDescription(
              "Background colour, #RGB or #RRGGBB. Default: not managed. API field:"
                  + " voice_widget_config.appearance.backgroundColor.")
          @Nullable String backgroundColor,
      @Size(max = 7)
          @ValidationRule(value = COLOUR, message = COLOUR_MESSAGE)
          @JsonPropertyDescription(
              "Border colour, #RGB or #RRGGBB. Default: not managed. API field:"
                  + " voice_widget_config.appearance.borderColor.")
          @Nullable String borderColor,
      @Size(max = 7)
          @ValidationRule(value = COLOUR, message = COLOUR_MESSAGE)
          @JsonPropertyDescription(
              "Button colour, #RGB or #RRGGBB. Default: not managed. API field:"
                  + " voice_widget_config.appearance.buttonColor.")
          @Nullable String buttonColor,
      @Min(0)
          @Max(1000)
          @JsonPropertyDescription(
              "Corner radius of the buttons in pixels, 0 to 1000. Default: not managed. API field:"
                  + " voice_widget_config.appearance.buttonRadius.")
          @Nullable Integer buttonRadius,
      @Size(max = 7)
          @ValidationRule(value = COLOUR, message = COLOUR_MESSAGE)
          @JsonPropertyDescription(
              "Colour of the button text, #RGB or #RRGGBB. Default: not managed. API field:"
                  + " voice_widget_config.appearance.buttonTextColor.")
          @Nullable String buttonTextColor,
      @Min(0)
          @Max(1000)
          @JsonPropertyDescription(
              "Corner radius of the card in pixels, 0 to 1000. Default: not managed. API field:"
                  + " voice_widget_config.appearance.cardRadius.")
          @Nullable Integer cardRadius,
      @Size(max = 7)
          @ValidationRule(value = COLOUR, message = COLOUR_MESSAGE)
          @JsonPropertyDescription(
              "Colour of the focus outline, #RGB or #RRGGBB. Default: not managed. API field:"
                  + " voice_widget_config.appearance.focusOutlineColor.")
          @Nullable String focusOutlineColor,
      @Size(max = 7)
          @ValidationRule(value = COLOUR, message = COLOUR_MESSAGE)
          @JsonPropertyDescription(
              "Text colour, #RGB or #RRGGBB. Default: not managed. API field:"
                  + " voice_widget_config.appearance.textColor.")
          @Nullable String textColor) {}

  /** The texts of the voice widget. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Text(
      @Size(max = 256)
          @JsonPropertyDescription(
              "Line that invites the user to call. Default: not managed. API field:"
                  + " voice_widget_config.text.callToAction.")
          @Nullable String callToAction,
      @Size(max = 256)
          @JsonPropertyDescription(
              "Label of the button that starts a call. Default: not managed. API field:"
                  + " voice_widget_config.text.startCall.")
          @Nullable String startCall,
      @Size(max = 256)
          @JsonPropertyDescription(
              "Label of the button that ends a call. Default: not managed. API field:"
                  + " voice_widget_config.text.endCall.")
          @Nullable String endCall,
      @Size(max = 256)
          @JsonPropertyDescription(
              "Status line while the bot listens. Default: not managed. API field:"
                  + " voice_widget_config.text.listeningStatus.")
          @Nullable String listeningStatus,
      @Size(max = 256)
          @JsonPropertyDescription(
              "Status line while the bot speaks. Default: not managed. API field:"
                  + " voice_widget_config.text.speakingStatus.")
          @Nullable String speakingStatus) {}

  /** The parameters of the model that generates the responses. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Model(
      @Min(1)
          @Max(1000000)
          @JsonPropertyDescription(
              "Maximum length of a response in tokens, 1 to 1000000 (2048 initially in the"
                  + " dashboard). Default: not managed. API field:"
                  + " voice_widget_config.model.max_output_tokens.")
          @Nullable Integer maxOutputTokens,
      @Min(0)
          @Max(1)
          @JsonPropertyDescription(
              "Sampling temperature, 0 to 1 (0.7 initially in the dashboard). Default: not managed."
                  + " API field: voice_widget_config.model.temperature.")
          @Nullable Double temperature) {}

  /** The parameters of voice activity detection. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Vad(
      @Min(0)
          @Max(60000)
          @JsonPropertyDescription(
              "Audio before the speech that is included, in milliseconds, 0 to 60000 (500 initially"
                  + " in the dashboard). Default: not managed. API field:"
                  + " voice_widget_config.vad.prefix_padding_ms.")
          @Nullable Integer prefixPaddingMs,
      @Min(0)
          @Max(60000)
          @JsonPropertyDescription(
              "Silence that ends a turn, in milliseconds, 0 to 60000 (1000 initially in the"
                  + " dashboard). Default: not managed. API field:"
                  + " voice_widget_config.vad.silence_duration_ms.")
          @Nullable Integer silenceDurationMs,
      @Min(0)
          @Max(1)
          @JsonPropertyDescription(
              "Volume that counts as speech, 0 to 1; a lower value is more sensitive (0.5 initially"
                  + " in the dashboard). Default: not managed. API field:"
                  + " voice_widget_config.vad.threshold.")
          @Nullable Double threshold) {}
}
