package ai.okchat.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Prints results on standard output, and everything else on standard error. */
final class Printer {
  /** The colors of the terminal that the plugin uses. */
  enum Color {
    GREEN("32"),
    YELLOW("33"),
    RED("31"),
    BOLD("1"),
    FAINT("2");

    private final String code;

    Color(String code) {
      this.code = code;
    }
  }

  private final Streams streams;

  Printer(Streams streams) {
    this.streams = streams;
  }

  /** Prints text of the plugin as it is. Texts of others go through {@link VisibleText} first. */
  void line(String text) {
    streams.out().print(text + "\n");
    requireReader();
  }

  void lines(List<String> lines) {
    lines.forEach(this::line);
  }

  /** Prints a part of a text of others at once. */
  void part(String text) {
    streams.out().print(VisibleText.lines(text));
    flush();
  }

  /** Prints one JSON value or a YAML document. */
  void tree(OutputFormat format, JsonNode tree) {
    if (format == OutputFormat.YAML) {
      streams.out().print(YamlText.of(tree));
    } else {
      streams.out().print(JsonText.pretty(tree) + "\n");
    }
    requireReader();
  }

  /** Prints progress, a hint or an error. */
  void note(String text) {
    streams.err().print(VisibleText.lines(text) + "\n");
    streams.err().flush();
  }

  /** Returns the text in a color if the output has colors. */
  String colored(Color color, String text) {
    return streams.colored() ? "\u001b[" + color.code + "m" + text + "\u001b[0m" : text;
  }

  void flush() {
    streams.out().flush();
    requireReader();
  }

  private void requireReader() {
    if (streams.out().checkError()) {
      throw new BrokenPipeException();
    }
  }
}
