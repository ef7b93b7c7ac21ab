package ai.okchat.planning;

import ai.okchat.client.LongText;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One field whose value in the backend differs from the spec ({@link FieldEquivalence}). Fields
 * that the spec omits are never compared.
 *
 * @param path with the names of the API, such as {@code settings.greeting}
 * @param observed null if the backend has no value
 */
public record Difference(String path, JsonNode desired, @Nullable JsonNode observed) {

  /** Returns all differing leaves, in the order of the desired fields. */
  public static List<Difference> between(ObjectNode desired, @Nullable JsonNode observed) {
    var differences = new ArrayList<Difference>();
    collect("", desired, observed, differences);
    return List.copyOf(differences);
  }

  /**
   * Returns the observed value with the desired fields set, recursively if both have objects. Keeps
   * the fields that the spec does not manage, or that this version does not know.
   */
  public static ObjectNode merge(@Nullable JsonNode observed, ObjectNode desired) {
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
      } else if (!FieldEquivalence.same(fieldPath, field.getValue(), found)) {
        into.add(new Difference(fieldPath, field.getValue(), found));
      }
    }
  }

  /** Returns the summary of a long text in a listed bot; null for any other value. */
  static @Nullable LongText longText(JsonNode value) {
    return value instanceof POJONode node && node.getPojo() instanceof LongText text ? text : null;
  }
}
