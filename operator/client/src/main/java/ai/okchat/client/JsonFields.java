package ai.okchat.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads fields of a response, and names the field that is not as documented. */
final class JsonFields {
  private static final int LONGEST_IN_STATUS = 256;

  /** Reads one element of an array. */
  @FunctionalInterface
  interface Element<T> {
    T read(ObjectNode fields) throws UnusableResponseException;
  }

  private JsonFields() {}

  static ObjectNode object(JsonNode node, String field) throws UnusableResponseException {
    if (node.get(field) instanceof ObjectNode found) {
      return found;
    }
    throw UnusableResponseException.shape("has no \"" + field + "\" object");
  }

  static <T> List<T> list(JsonNode node, String field, Element<T> element)
      throws UnusableResponseException {
    var array = node.path(field);
    if (!array.isArray()) {
      throw UnusableResponseException.shape("has no \"" + field + "\" array");
    }
    var all = new ArrayList<T>(array.size());
    for (var item : array) {
      if (!(item instanceof ObjectNode fields)) {
        throw UnusableResponseException.shape(
            "has a \"" + field + "\" array of other than objects");
      }
      all.add(element.read(fields));
    }
    return List.copyOf(all);
  }

  static String text(JsonNode node, String field) throws UnusableResponseException {
    var value = node.path(field);
    if (!value.isTextual()) {
      throw UnusableResponseException.shape("has no text in \"" + field + "\"");
    }
    return value.textValue();
  }

  /** Reads a text that can identify an object in a later request. */
  static String id(JsonNode node, String field) throws UnusableResponseException {
    var id = text(node, field);
    if (id.isBlank()) {
      throw UnusableResponseException.shape("has a blank \"" + field + "\"");
    }
    if (!ApiCallBuilder.isId(id)) {
      throw UnusableResponseException.shape(
          "has an \"" + field + "\" that is not one word of at most 200 characters");
    }
    return id;
  }

  /** Reads a text that fits into the status of a resource; the CRDs define the length. */
  static @Nullable String shortTextOrNull(JsonNode node, String field)
      throws UnusableResponseException {
    var text = textOrNull(node, field);
    if (text != null && text.length() > LONGEST_IN_STATUS) {
      throw UnusableResponseException.shape(
          "has a \"%s\" of more than %d characters".formatted(field, LONGEST_IN_STATUS));
    }
    return text;
  }

  static @Nullable String textOrNull(JsonNode node, String field) {
    return node.path(field).textValue();
  }

  static long count(JsonNode node, String field) throws UnusableResponseException {
    var value = node.path(field);
    if (!value.canConvertToLong()) {
      throw UnusableResponseException.shape("has no whole number in \"" + field + "\"");
    }
    return value.longValue();
  }

  /** Reads an ISO 8601 time with offset; null if the field is missing or cannot be parsed. */
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
