package ai.okchat.planning;

import ai.okchat.client.LongText;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a value in the backend is the value of the spec in another representation. A
 * backend rounds numbers, expands colours, trims and composes texts, and completes links; without
 * this rule the operator would write such a field again and again. The operator always sends the
 * value as the spec has it. Pure.
 */
final class FieldEquivalence {

  /** Relative difference that a 32-bit floating-point number makes, with a reserve. */
  private static final double ROUNDING = 1e-6;

  private static final Pattern COLOUR =
      Pattern.compile("#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})");

  private static final int LONG_COLOUR = "#rrggbb".length();

  private static final Set<String> LINKS = Set.of("logo", "imageUrl");

  private FieldEquivalence() {}

  /**
   * Returns whether both values mean the same.
   *
   * @param path with the names of the API, such as {@code settings.snippet.logo}
   * @param observed null if the backend has no value; may be a {@link LongText}
   */
  static boolean same(String path, JsonNode desired, @Nullable JsonNode observed) {
    if (observed == null || observed.isNull()) {
      return isNothing(desired);
    }
    if (desired.isNumber() && observed.isNumber()) {
      return sameNumber(desired, observed);
    }
    var longText = Difference.longText(observed);
    if (desired.isTextual() && longText != null) {
      return longText.isSameAs(desired.textValue())
          || longText.isSameAs(canonical(path, desired.textValue()));
    }
    if (desired.isTextual() && observed.isTextual()) {
      return canonical(path, desired.textValue()).equals(canonical(path, observed.textValue()));
    }
    return desired.equals(observed);
  }

  private static boolean isNothing(JsonNode desired) {
    return desired.isNull()
        || (desired.isTextual() && LongText.normalized(desired.textValue()).isEmpty());
  }

  /** Compares whole numbers exactly, and others as a 32-bit number would keep them. */
  private static boolean sameNumber(JsonNode desired, JsonNode observed) {
    var wanted = desired.doubleValue();
    var found = observed.doubleValue();
    if (!Double.isFinite(wanted) || !Double.isFinite(found)) {
      return desired.equals(observed);
    }
    if (desired.canConvertToExactIntegral() && observed.canConvertToExactIntegral()) {
      return desired.decimalValue().compareTo(observed.decimalValue()) == 0;
    }
    return Math.abs(wanted - found) <= ROUNDING * Math.max(Math.abs(wanted), Math.abs(found));
  }

  private static String canonical(String path, String text) {
    var normalized = LongText.normalized(text);
    var field = path.substring(path.lastIndexOf('.') + 1);
    if (field.endsWith("Color")) {
      return canonicalColour(normalized);
    }
    return LINKS.contains(field) ? canonicalLink(normalized) : normalized;
  }

  /** Returns {@code #rrggbb} in lower case, or the text if it is no colour. */
  private static String canonicalColour(String text) {
    if (!COLOUR.matcher(text).matches()) {
      return text;
    }
    var lower = text.toLowerCase(Locale.ROOT);
    var full = lower.length() < LONG_COLOUR ? "#" + doubled(lower.substring(1)) : lower;
    var isOpaque = full.length() > LONG_COLOUR && full.endsWith("ff");
    return isOpaque ? full.substring(0, LONG_COLOUR) : full;
  }

  private static String doubled(String digits) {
    return digits
        .chars()
        .mapToObj(digit -> Character.toString(digit).repeat(2))
        .collect(Collectors.joining());
  }

  /** Returns the link as a URL parser writes it, or the text if it is no link. */
  private static String canonicalLink(String text) {
    var link = HttpUrl.parse(text);
    return link == null ? text : link.toString();
  }
}
