package ai.okchat.operator.chatbot;

import ai.okchat.client.LongText;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One field whose value in the backend differs from the spec. Fields that the spec omits are never
 * compared.
 *
 * @param path with the names of the API, such as {@code settings.greeting}
 * @param observed null if the backend has no value
 */
record Difference(String path, JsonNode desired, @Nullable JsonNode observed) {

  private static final Pattern COLOUR = Pattern.compile("#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})");

  /** Returns all differing leaves, in the order of the desired fields. */
  static List<Difference> between(ObjectNode desired, @Nullable JsonNode observed) {
    var differences = new ArrayList<Difference>();
    collect("", desired, observed, differences);
    return List.copyOf(differences);
  }

  /**
   * Returns the observed value with the desired fields set, recursively if both have objects. Keeps
   * the fields that the spec does not manage, or that this version does not know.
   */
  static ObjectNode merge(@Nullable JsonNode observed, ObjectNode desired) {
    var merged =
        observed instanceof ObjectNode object
            ? object.deepCopy()
            : JsonNodeFactory.instance.objectNode();
    desired
        .properties()
        .forEach(
            field ->
                merged.set(
                    field.getKey(),
                    field.getValue() instanceof ObjectNode child
                        ? merge(merged.get(field.getKey()), child)
                        : field.getValue()));
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

  /**
   * Ignores what a backend may do to a value without a change of its meaning; otherwise every
   * reconciliation would write.
   */
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

  /** Returns the summary of a long text in a listed bot; null for any other value. */
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
