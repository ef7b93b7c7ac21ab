package ai.okchat.api.v1alpha1;

/** The CEL rules that several fields share, each with its message for the user. */
final class Rules {
  static final String NOT_BLANK = "self.trim() != ''";
  static final String NOT_BLANK_MESSAGE = "must not be blank: write a text, or omit the field";

  static final String COLOUR = "self.matches('^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$')";
  static final String COLOUR_MESSAGE =
      "must be a colour, written #RGB or #RRGGBB, for example #4F46E5";

  static final String LINK = "isURL(self) && self.matches(r'^https?://[^/?#@\\s]+([/?#]\\S*)?$')";
  static final String LINK_MESSAGE =
      "must be an http or https link without a user name, for example https://example.com/logo.png";

  static final String OBJECT_NAME = "self.matches('^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$')";
  static final String OBJECT_NAME_MESSAGE =
      "must be the name of an object: lower-case letters, digits, hyphens and dots";

  static final String DATA_KEY = "self.matches('^[A-Za-z0-9._-]+$')";
  static final String DATA_KEY_MESSAGE =
      "must be a key of the object's data: letters, digits, hyphens, underscores and dots";

  private static final String DURATION_FORM =
      "'^([0-9]{1,6}h([0-9]{1,6}m)?([0-9]{1,6}s)?|[0-9]{1,6}m([0-9]{1,6}s)?|[0-9]{1,6}s)$'";
  static final String DURATION = "self.matches(" + DURATION_FORM + ")";
  static final String DURATION_MESSAGE =
      "must be a duration in hours, minutes and seconds, for example 30s, 5m or 1h30m";

  // A text that is not a duration violates only the rule above.
  private static final String NO_DURATION_OR = "!" + DURATION + " || ";
  static final String FROM_1S_TO_24H =
      NO_DURATION_OR + "(duration(self) >= duration('1s') && duration(self) <= duration('24h'))";
  static final String FROM_1S_TO_24H_MESSAGE = "must be at least 1s and at most 24h";
  static final String FROM_1S_TO_10M =
      NO_DURATION_OR + "(duration(self) >= duration('1s') && duration(self) <= duration('10m'))";
  static final String FROM_1S_TO_10M_MESSAGE = "must be at least 1s and at most 10m";
  static final String FROM_1S_TO_720H =
      NO_DURATION_OR + "(duration(self) >= duration('1s') && duration(self) <= duration('720h'))";
  static final String FROM_1S_TO_720H_MESSAGE = "must be at least 1s and at most 720h";
  static final String FROM_1S_TO_8760H =
      NO_DURATION_OR + "(duration(self) >= duration('1s') && duration(self) <= duration('8760h'))";
  static final String FROM_1S_TO_8760H_MESSAGE = "must be at least 1s and at most 8760h";

  static final String MAX_AGE_BEYOND_REFRESH =
      "!(has(self.web) || has(self.git)) || !has(self.maxAge)"
          + " || !self.maxAge.matches("
          + DURATION_FORM
          + ") || !self.refreshInterval.matches("
          + DURATION_FORM
          + ") || "
          + "duration(self.maxAge) > duration(self.refreshInterval)";
  static final String MAX_AGE_BEYOND_REFRESH_MESSAGE =
      "must be longer than refreshInterval, or the source is stale before each refresh";

  static final String GLOBS = "self.all(glob, glob.trim() != '')";
  static final String GLOBS_MESSAGE = "must be globs such as *.md, none of them blank";

  private Rules() {}
}
