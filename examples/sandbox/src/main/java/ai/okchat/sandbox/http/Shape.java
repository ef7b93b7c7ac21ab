package ai.okchat.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Map;

/** The required form of a JSON value. Accepts keys that a shape does not name. */
public sealed interface Shape {
  record Text() implements Shape {}

  /** Text that may also be null. */
  record OptionalText() implements Shape {}

  record Flag() implements Shape {}

  record Numeric(double min, double max) implements Shape {}

  record Group(Map<String, Shape> fields) implements Shape {
    public Group {
      fields = Map.copyOf(fields);
    }

    private void checkFields(String path, JsonNode value) {
      require(value.isObject(), path, "must be an object", value);
      value
          .properties()
          .forEach(
              given -> {
                var shape = fields.get(given.getKey());
                if (shape != null) {
                  shape.check(dotted(path, given.getKey()), given.getValue());
                }
              });
    }
  }

  /** Rejects the first field that does not fit, by its dotted name. */
  default void check(String path, JsonNode value) {
    switch (this) {
      case Text _ -> require(value.isTextual(), path, "must be text", value);
      case OptionalText _ ->
          require(value.isTextual() || value.isNull(), path, "must be text or null", value);
      case Flag _ -> require(value.isBoolean(), path, "must be true or false", value);
      case Numeric(double min, double max) ->
          require(isBetween(value, min, max), path, range(min, max), value);
      case Group group -> group.checkFields(path, value);
    }
  }

  private static boolean isBetween(JsonNode value, double min, double max) {
    return value.isNumber() && value.doubleValue() >= min && value.doubleValue() <= max;
  }

  private static String range(double min, double max) {
    var from = "must be a number from " + plain(min);
    return max == Double.MAX_VALUE ? from : from + " to " + plain(max);
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  private static void require(boolean fits, String path, String expected, JsonNode value) {
    if (!fits) {
      throw ApiError.badRequest(path, expected + ", was " + described(value));
    }
  }

  /** Omits the text itself, which may be a prompt. */
  private static String described(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "text";
      case BOOLEAN, NUMBER, NULL -> value.asText();
      case ARRAY -> "an array";
      case OBJECT, POJO -> "an object";
      case BINARY, MISSING -> "missing";
    };
  }

  private static String dotted(String path, String field) {
    return path.isEmpty() ? field : path + "." + field;
  }
}
