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
 * How a bot speaks. The API calls it {@code voice_widget_config}; its {@code agentId} is the bot's
 * own id, which the operator fills in.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VoiceAgent(
    @Size(max = 64)
        @ValidationRule(value = NOT_BLANK, message = NOT_BLANK_MESSAGE)
        @JsonPropertyDescription(
            "Name of a voice, for example shimmer. Default: not managed. In the API:"
                + " voice_widget_config.voice.")
        @Nullable String voice,
    @JsonPropertyDescription("Picture of the voice widget. Default: not managed.")
        @Nullable Picture avatar,
    @JsonPropertyDescription("Colours and corners of the voice widget. Default: not managed.")
        @Nullable Appearance appearance,
    @JsonPropertyDescription("Texts of the voice widget. Default: not managed.")
        @Nullable Text text,
    @JsonPropertyDescription("How the model behind the voice answers. Default: not managed.")
        @Nullable Model model,
    @JsonPropertyDescription("When somebody is taken to speak. Default: not managed.")
        @Nullable Vad vad) {

  /** The picture of the voice widget. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Picture(
      @Size(max = 2048)
          @ValidationRule(value = LINK, message = LINK_MESSAGE)
          @JsonPropertyDescription(
              "Link to the picture, http or https. Default: not managed. In the API:"
                  + " voice_widget_config.avatar.imageUrl.")
          @Nullable String imageUrl) {}

  /** Colours and corners of the voice widget. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Appearance(
      @Size(max = 7)
          @ValidationRule(value = COLOUR, message = COLOUR_MESSAGE)
          @JsonPropertyDescription(
              "Colour, #RGB or #RRGGBB. Default: not managed. In the API:"
                  + " voice_widget_config.appearance.backgroundColor.")
          @Nullable String backgroundColor,
      @Size(max = 7)
          @ValidationRule(value = COLOUR, message = COLOUR_MESSAGE)
          @JsonPropertyDescription(
              "Colour, #RGB or #RRGGBB. Default: not managed. In the API:"
                  + " voice_widget_config.appearance.borderColor.")
          @Nullable String borderColor,
      @Size(max = 7)
          @ValidationRule(value = COLOUR, message = COLOUR_MESSAGE)
          @JsonPropertyDescription(
              "Colour, #RGB or #RRGGBB. Default: not managed. In the API:"
                  + " voice_widget_config.appearance.buttonColor.")
          @Nullable String buttonColor,
      @Min(0)
          @Max(1000)
          @JsonPropertyDescription(
              "Radius of the corners in pixels, 0 to 1000. Default: not managed. In the API:"
                  + " voice_widget_config.appearance.buttonRadius.")
          @Nullable Integer buttonRadius,
      @Size(max = 7)
          @ValidationRule(value = COLOUR, message = COLOUR_MESSAGE)
          @JsonPropertyDescription(
              "Colour, #RGB or #RRGGBB. Default: not managed. In the API:"
                  + " voice_widget_config.appearance.buttonTextColor.")
          @Nullable String buttonTextColor,
      @Min(0)
          @Max(1000)
          @JsonPropertyDescription(
              "Radius of the corners in pixels, 0 to 1000. Default: not managed. In the API:"
                  + " voice_widget_config.appearance.cardRadius.")
          @Nullable Integer cardRadius,
      @Size(max = 7)
          @ValidationRule(value = COLOUR, message = COLOUR_MESSAGE)
          @JsonPropertyDescription(
              "Colour, #RGB or #RRGGBB. Default: not managed. In the API:"
                  + " voice_widget_config.appearance.focusOutlineColor.")
          @Nullable String focusOutlineColor,
      @Size(max = 7)
          @ValidationRule(value = COLOUR, message = COLOUR_MESSAGE)
          @JsonPropertyDescription(
              "Colour, #RGB or #RRGGBB. Default: not managed. In the API:"
                  + " voice_widget_config.appearance.textColor.")
          @Nullable String textColor) {}

  /** The texts of the voice widget. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Text(
      @Size(max = 256)
          @JsonPropertyDescription(
              "Line that invites to a call. Default: not managed. In the API:"
                  + " voice_widget_config.text.callToAction.")
          @Nullable String callToAction,
      @Size(max = 256)
          @JsonPropertyDescription(
              "Label of the button that starts a call. Default: not managed. In the API:"
                  + " voice_widget_config.text.startCall.")
          @Nullable String startCall,
      @Size(max = 256)
          @JsonPropertyDescription(
              "Label of the button that ends a call. Default: not managed. In the API:"
                  + " voice_widget_config.text.endCall.")
          @Nullable String endCall,
      @Size(max = 256)
          @JsonPropertyDescription(
              "Shown while the bot listens. Default: not managed. In the API:"
                  + " voice_widget_config.text.listeningStatus.")
          @Nullable String listeningStatus,
      @Size(max = 256)
          @JsonPropertyDescription(
              "Shown while the bot speaks. Default: not managed. In the API:"
                  + " voice_widget_config.text.speakingStatus.")
          @Nullable String speakingStatus) {}

  /** How the model behind the voice answers. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Model(
      @Min(1)
          @Max(1000000)
          @JsonPropertyDescription(
              "Longest answer in tokens, 1 to 1000000 (the dashboard starts at 2048). Default: not"
                  + " managed. In the API: voice_widget_config.model.max_output_tokens.")
          @Nullable Integer maxOutputTokens,
      @Min(0)
          @Max(1)
          @JsonPropertyDescription(
              "How freely it answers, 0 to 1 (the dashboard starts at 0.7). Default: not managed."
                  + " In the API: voice_widget_config.model.temperature.")
          @Nullable Double temperature) {}

  /** Voice activity detection: when somebody is taken to speak. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Vad(
      @Min(0)
          @Max(60000)
          @JsonPropertyDescription(
              "Sound kept from before the speech, in milliseconds, 0 to 60000 (the dashboard starts"
                  + " at 500). Default: not managed. In the API:"
                  + " voice_widget_config.vad.prefix_padding_ms.")
          @Nullable Integer prefixPaddingMs,
      @Min(0)
          @Max(60000)
          @JsonPropertyDescription(
              "Silence that ends a turn, in milliseconds, 0 to 60000 (the dashboard starts at"
                  + " 1000). Default: not managed. In the API:"
                  + " voice_widget_config.vad.silence_duration_ms.")
          @Nullable Integer silenceDurationMs,
      @Min(0)
          @Max(1)
          @JsonPropertyDescription(
              "Loudness that counts as speech, 0 to 1; lower is more sensitive (the dashboard"
                  + " starts at 0.5). Default: not managed. In the API:"
                  + " voice_widget_config.vad.threshold.")
          @Nullable Double threshold) {}
}
