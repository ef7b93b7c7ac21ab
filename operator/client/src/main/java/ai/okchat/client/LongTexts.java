package ai.okchat.client;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Moves the long texts of one bot out of its JSON, keyed by JSON pointer, and back into it as
 * {@link POJONode}s of {@link LongText}. A long array counts as its JSON text.
 */
final class LongTexts {
  private LongTexts() {}

  /** Replaces each long text by null, and returns the replaced ones. */
  static Map<String, LongText> extractFrom(ObjectNode fields) {
    var texts = new LinkedHashMap<String, LongText>();
    takeOut(fields, JsonPointer.empty(), texts);
    return Map.copyOf(texts);
  }

  /** Inserts each long text at its pointer. */
  static void restoreInto(ObjectNode fields, Map<String, LongText> texts) {
    texts.forEach(
        (place, text) -> {
          var pointer = JsonPointer.compile(place);
          var parent = (ObjectNode) fields.at(pointer.head());
          parent.set(pointer.last().getMatchingProperty(), new POJONode(text));
        });
  }

  private static void takeOut(ObjectNode object, JsonPointer at, Map<String, LongText> texts) {
    object
        .properties()
        .forEach(
            field -> {
              var place = at.appendProperty(field.getKey());
              if (field.getValue() instanceof ObjectNode child) {
                takeOut(child, place, texts);
              } else {
                longText(field.getValue())
                    .ifPresent(
                        text -> {
                          texts.put(place.toString(), text);
                          field.setValue(object.nullNode());
                        });
              }
            });
  }

  private static Optional<LongText> longText(JsonNode value) {
    if (value.isTextual()) {
      return isLong(value.textValue())
          ? Optional.of(LongText.of(value.textValue()))
          : Optional.empty();
    }
    return value.isArray()
        ? Optional.of(value.toString()).filter(LongTexts::isLong).map(LongText::ofArray)
        : Optional.empty();
  }

  private static boolean isLong(String text) {
    return text.length() > LongText.LONGEST_KEPT;
  }
}
