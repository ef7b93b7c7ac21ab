package ai.okchat.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;

/** Reads and writes JSON trees. */
final class JsonText {
  static final ObjectMapper MAPPER = new ObjectMapper();

  /** Characters that JSON permits in a text and a terminal may interpret. */
  private static final Pattern HIDDEN = Pattern.compile("[\\x7f-\\x9f\\p{Cf}\\p{Zl}\\p{Zp}]");

  private JsonText() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** Returns the tree on several lines, with the fields in their order. */
  static String pretty(JsonNode tree) {
    try {
      return visible(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A JSON tree can be written", e);
    }
  }

  /** Returns the tree on one line. */
  static String line(JsonNode tree) {
    return visible(tree.toString());
  }

  private static String visible(String json) {
    return HIDDEN.matcher(json).replaceAll(match -> escaped(match.group()).replace("\\", "\\\\"));
  }

  private static String escaped(String character) {
    var escaped = new StringBuilder();
    character.chars().forEach(unit -> escaped.append("\\u%04x".formatted(unit)));
    return escaped.toString();
  }
}
