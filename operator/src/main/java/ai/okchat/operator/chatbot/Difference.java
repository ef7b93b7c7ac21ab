package ai.okchat.operator.chatbot;

import ai.okchat.operator.okchat.LongText;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One field that the backend has otherwise than the spec wants. Fields that the spec does not
 * mention are never compared.
 *
 * @param path as the API calls it, such as {@code settings.greeting}
 * @param observed null where the backend has none
 */
record Difference(String path, JsonNode desired, @Nullable JsonNode observed) {

  private static final Pattern COLOUR = Pattern.compile("#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})");

  /** All differing leaves, in the order of the desired fields. */
  static List<Difference> between(ObjectNode desired, @Nullable JsonNode observed) {
    var differences = new ArrayList<Difference>();
    collect("", desired, observed, differences);
    return List.copyOf(differences);
  }

  /**
   * Observed with the desired fields laid over it, deeply where both have objects: what the spec
   * does not manage, and what this version does not know, survives.
   */
  static ObjectNode merge(@Nullable JsonNode observed, ObjectNode desired) {
    var merged =
        observed instanceof ObjectNode object
            ? object.deepCopy()
            : JsonNodeFactory.instance.objectNode();
    desired
        .properties()
        .forEach(
            it ->
                merged.set(
                    it.getKey(),
                    it.getValue() instanceof ObjectNode child
                        ? merge(merged.get(it.getKey()), child)
                        : it.getValue()));
    return merged;
  }

  private static void collect(
      String path, ObjectNode desired, @Nullable JsonNode observed, List<Difference> into) {
    for (var field : desired.properties()) {
      var fieldPath = FieldPath.join(path, field.getKey());
      var found = observed == null ? null : observed.get(field.getKey());
      if (field.getValue() instanceof ObjectNode child) {
        collect(fieldPath, child, found, into);
      } else if (!same(field.getValue(), found)) {
        into.add(new Difference(fieldPath, field.getValue(), found));
      }
    }
  }

  /** Forgives what a backend may do to a value without changing it; else every pass would write. */
  private static boolean same(JsonNode desired, @Nullable JsonNode observed) {
    if (observed == null || observed.isNull()) {
      return isNothing(desired);
    }
    if (desired.isNumber() && observed.isNumber()) {
      return desired.decimalValue().compareTo(observed.decimalValue()) == 0;
    }
    if (desired.isTextual() && observed.isTextual()) {
      return sameText(desired.textValue(), observed.textValue());
    }
    var text = longText(observed);
    if (desired.isTextual() && text != null) {
      return !COLOUR.matcher(desired.textValue()).matches() && text.isSameAs(desired.textValue());
    }
    return desired.equals(observed);
  }

  /** What stands for a text in a bot as it is listed; null for any other value. */
  static @Nullable LongText longText(JsonNode value) {
    return value instanceof POJONode node && node.getPojo() instanceof LongText text ? text : null;
  }

  private static boolean isNothing(JsonNode desired) {
    return desired.isNull()
        || (desired.isTextual() && LongText.normalized(desired.textValue()).isEmpty());
  }

  private static boolean sameText(String desired, String observed) {
    if (COLOUR.matcher(desired).matches()) {
      return desired.equalsIgnoreCase(observed);
    }
    return LongText.normalized(desired).equals(LongText.normalized(observed));
  }
}
