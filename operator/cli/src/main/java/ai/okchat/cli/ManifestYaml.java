package ai.okchat.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.StreamDataWriter;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Writes manifests whose texts have the same characters after a parser of YAML 1.1, as in kubectl,
 * or of YAML 1.2 read them. Hidden characters are escaped, so that a reviewer sees them.
 */
final class ManifestYaml {
  /** Texts that no version of YAML reads as anything else, but for {@link #WORDS}. */
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z][A-Za-z0-9./_-]*+(?: [A-Za-z0-9][A-Za-z0-9./_-]*+)*+");

  private static final Set<String> WORDS =
      Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

  private static final DumpSettings SETTINGS =
      DumpSettings.builder()
          .setDefaultFlowStyle(FlowStyle.BLOCK)
          .setMultiLineFlow(false)
          .setSplitLines(false)
          .build();

  private ManifestYaml() {}

  static String of(JsonNode manifest) {
    var yaml = new StringBuilder();
    new Dump(SETTINGS)
        .dumpNode(
            node(manifest),
            new StreamDataWriter() {
              @Override
              public void write(String text) {
                yaml.append(text);
              }

              @Override
              public void write(String text, int offset, int length) {
                yaml.append(text, offset, offset + length);
              }
            });
    return withHiddenEscaped(yaml.toString());
  }

  /** Returns comment lines with a text of others on one line each. */
  static String comment(String text) {
    var visible = new StringBuilder("# ");
    VisibleText.line(text)
        .codePoints()
        .map(character -> StreamReader.isPrintable(character) ? character : '?')
        .forEach(visible::appendCodePoint);
    return visible.append('\n').toString();
  }

  private static Node node(JsonNode tree) {
    if (tree.isObject()) {
      var fields =
          tree.properties().stream()
              .map(
                  field ->
                      new NodeTuple(
                          scalar(Tag.STR, field.getKey(), style(field.getKey())),
                          node(field.getValue())))
              .toList();
      return new MappingNode(Tag.MAP, fields, FlowStyle.BLOCK);
    }
    if (tree.isArray()) {
      List<Node> items =
          StreamSupport.stream(tree.spliterator(), false).map(ManifestYaml::node).toList();
      return new SequenceNode(Tag.SEQ, items, FlowStyle.BLOCK);
    }
    if (tree.isNumber()) {
      return scalar(
          tree.isIntegralNumber() ? Tag.INT : Tag.FLOAT, tree.asText(), ScalarStyle.PLAIN);
    }
    return tree.isBoolean()
        ? scalar(Tag.BOOL, tree.asText(), ScalarStyle.PLAIN)
        : scalar(Tag.STR, tree.asText(), style(tree.asText()));
  }

  private static Node scalar(Tag tag, String text, ScalarStyle style) {
    return new ScalarNode(tag, text, style);
  }

  private static ScalarStyle style(String text) {
    if (PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT))) {
      return ScalarStyle.PLAIN;
    }
    return isReadableAsLines(text) ? ScalarStyle.LITERAL : ScalarStyle.DOUBLE_QUOTED;
  }

  /** Every character of a literal block stands for itself, and none can be escaped. */
  private static boolean isReadableAsLines(String text) {
    return text.indexOf('\n') > 0
        && !text.endsWith("\n\n")
        && !Character.isWhitespace(text.charAt(0))
        && text.lines()
            .noneMatch(line -> !line.isEmpty() && isBlank(line.charAt(line.length() - 1)))
        && text.codePoints()
            .noneMatch(
                character ->
                    VisibleText.isHidden(character)
                        || character == '\r'
                        || !StreamReader.isPrintable(character));
  }

  private static boolean isBlank(char character) {
    return character == ' ' || character == '\t' || character == '\r';
  }

  /** Hidden characters are left only in double quotes. */
  private static String withHiddenEscaped(String yaml) {
    if (yaml.codePoints().noneMatch(VisibleText::isHidden)) {
      return yaml;
    }
    var escaped = new StringBuilder(yaml.length() + 16);
    yaml.codePoints()
        .forEach(
            character -> {
              if (VisibleText.isHidden(character)) {
                escaped.append((character > 0xFFFF ? "\\U%08x" : "\\u%04x").formatted(character));
              } else {
                escaped.appendCodePoint(character);
              }
            });
    return escaped.toString();
  }
}
