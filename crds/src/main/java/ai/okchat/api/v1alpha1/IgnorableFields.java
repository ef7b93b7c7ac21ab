package ai.okchat.api.v1alpha1;

/**
 * The API names that {@code ignoreFields} accepts; the name of an object includes all of its
 * fields. The slug is excluded because it is immutable, and the chat widget because the operator
 * cannot compare it.
 */
final class IgnorableFields {
  private static final String PERSONALITY = "personality_config(\\.(style|tone))?";
  private static final String SNIPPET =
      "snippet(\\.(header|logo|name|primaryColor|secondaryColor|slogan))?";
  private static final String SETTINGS =
      "settings\\.(greeting|model|prompt|avatar|isRequestUserInfoEnabled|isToolEnabled|"
          + SNIPPET
          + ")";
  private static final String VOICE =
      "voice_widget_config(\\.(voice|avatar(\\.imageUrl)?"
          + "|appearance(\\.(backgroundColor|borderColor|buttonColor|buttonRadius|buttonTextColor"
          + "|cardRadius|focusOutlineColor|textColor))?"
          + "|text(\\.(callToAction|startCall|endCall|listeningStatus|speakingStatus))?"
          + "|model(\\.(max_output_tokens|temperature))?"
          + "|vad(\\.(prefix_padding_ms|silence_duration_ms|threshold))?))?";

  static final String RULE =
      "self.all(field, field.matches(r'^(name|description|is_public|"
          + PERSONALITY
          + "|"
          + SETTINGS
          + "|"
          + VOICE
          + ")$'))";
  static final String MESSAGE =
      "must be fields as the API calls them: name, description, is_public,"
          + " personality_config[.style], settings.greeting (model, prompt, avatar, snippet[.logo]"
          + " and so on), voice_widget_config[.voice]";

  private IgnorableFields() {}
}
