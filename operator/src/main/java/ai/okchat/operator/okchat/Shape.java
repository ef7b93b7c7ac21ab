package ai.okchat.operator.okchat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads fields of an answer, and says by name which one is not as documented. */
final class Shape {
  private static final int LONGEST_IN_STATUS = 256;

  /** Reads one element of an array. */
  @FunctionalInterface
  interface Element<T> {
    T read(ObjectNode fields) throws UnusableAnswerException;
  }

  private Shape() {}

  static ObjectNode object(JsonNode node, String field) throws UnusableAnswerException {
    if (node.get(field) instanceof ObjectNode found) {
      return found;
    }
    throw UnusableAnswerException.shape("has no \"" + field + "\" object");
  }

  static <T> List<T> list(JsonNode node, String field, Element<T> element)
      throws UnusableAnswerException {
    var array = node.path(field);
    if (!array.isArray()) {
      throw UnusableAnswerException.shape("has no \"" + field + "\" array");
    }
    var all = new ArrayList<T>(array.size());
    for (var item : array) {
      if (!(item instanceof ObjectNode fields)) {
        throw UnusableAnswerException.shape("has a \"" + field + "\" array of other than objects");
      }
      all.add(element.read(fields));
    }
    return List.copyOf(all);
  }

  static String text(JsonNode node, String field) throws UnusableAnswerException {
    var value = node.path(field);
    if (!value.isTextual()) {
      throw UnusableAnswerException.shape("has no text in \"" + field + "\"");
    }
    return value.textValue();
  }

  /** A text that can name something in a later call. */
  static String id(JsonNode node, String field) throws UnusableAnswerException {
    var id = text(node, field);
    if (id.isBlank()) {
      throw UnusableAnswerException.shape("has a blank \"" + field + "\"");
    }
    if (!ApiCallBuilder.isId(id)) {
      throw UnusableAnswerException.shape(
          "has an \"" + field + "\" that is not one word of at most 200 characters");
    }
    return id;
  }

  /** A text that the status of an object can hold; see the CRDs for the length. */
  static @Nullable String shortTextOrNull(JsonNode node, String field)
      throws UnusableAnswerException {
    var text = textOrNull(node, field);
    if (text != null && text.length() > LONGEST_IN_STATUS) {
      throw UnusableAnswerException.shape(
          "has a \"%s\" of more than %d characters".formatted(field, LONGEST_IN_STATUS));
    }
    return text;
  }

  static @Nullable String textOrNull(JsonNode node, String field) {
    return node.path(field).textValue();
  }

  static long count(JsonNode node, String field) throws UnusableAnswerException {
    var value = node.path(field);
    if (!value.canConvertToLong()) {
      throw UnusableAnswerException.shape("has no whole number in \"" + field + "\"");
    }
    return value.longValue();
  }

  /** An ISO 8601 time with offset, or null where there is none that can be read. */
  static @Nullable Instant timeOrNull(JsonNode node, String field) {
    var text = node.path(field).textValue();
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
