package ai.okchat.operator.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values of the chart, with what the comment above each of them says: one that begins with
 * {@code # --} describes the key after it.
 */
record DocumentedValues(List<Value> values) {

  /**
   * One value.
   *
   * @param path such as {@code image.tag}
   * @param otherwise its default, as JSON
   */
  record Value(String path, String otherwise, String description) {}

  private record Level(int indent, String path) {}

  private static final Pattern KEY = Pattern.compile("( *)([A-Za-z][A-Za-z0-9]*):.*");
  private static final Pattern COMMENT = Pattern.compile(" *# ?(.*)");
  private static final ObjectMapper JSON = new ObjectMapper();

  static DocumentedValues parse(String yaml) {
    var defaults = JSON.valueToTree(Serialization.unmarshal(yaml, Object.class));
    var values = new ArrayList<Value>();
    var levels = new ArrayDeque<Level>();
    var comment = new StringBuilder();
    for (var line : yaml.lines().toList()) {
      var key = KEY.matcher(line);
      if (key.matches()) {
        var path = enter(levels, key);
        if (!comment.isEmpty()) {
          values.add(new Value(path, at(defaults, path).toString(), comment.toString()));
        }
        comment.setLength(0);
      } else {
        addComment(comment, COMMENT.matcher(line));
      }
    }
    return new DocumentedValues(List.copyOf(values));
  }

  private static String enter(ArrayDeque<Level> levels, Matcher key) {
    var indent = key.group(1).length();
    while (!levels.isEmpty() && levels.getLast().indent() >= indent) {
      levels.removeLast();
    }
    var name = key.group(2);
    var path = levels.isEmpty() ? name : levels.getLast().path() + "." + name;
    levels.addLast(new Level(indent, path));
    return path;
  }

  private static void addComment(StringBuilder comment, Matcher line) {
    if (!line.matches()) {
      comment.setLength(0);
    } else if (line.group(1).startsWith("-- ")) {
      comment.setLength(0);
      comment.append(line.group(1).substring(3));
    } else if (!comment.isEmpty()) {
      comment.append(' ').append(line.group(1));
    }
  }

  private static JsonNode at(JsonNode root, String path) {
    return root.at("/" + path.replace('.', '/'));
  }

  String table() {
    var table = new StringBuilder("| value | default | means |\n|---|---|---|\n");
    for (var value : values) {
      table.append(
          "| `%s` | `%s` | %s |\n"
              .formatted(value.path(), value.otherwise(), value.description().replace("|", "\\|")));
    }
    return table.toString();
  }
}
