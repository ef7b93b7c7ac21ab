package ai.okchat.operator.docs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The commands that a page shows with their output: an indented line that begins with {@code $ },
 * and the lines behind it that are indented as much.
 */
final class ShownCommands {
  private static final Pattern COMMAND = Pattern.compile("( {4,})\\$ (.+)");

  /** Runs a command line of a shell. */
  @FunctionalInterface
  interface Shell {
    /** Returns the text of both streams. */
    String run(String command) throws IOException, InterruptedException;
  }

  private ShownCommands() {}

  /** Runs all commands in their order, and returns the page with their output. */
  static String rewrite(String page, Shell shell) throws IOException, InterruptedException {
    var lines = List.of(page.split("\n", -1));
    var written = new ArrayList<String>();
    for (var at = 0; at < lines.size(); ) {
      var line = lines.get(at++);
      written.add(line);
      var command = COMMAND.matcher(line);
      if (command.matches()) {
        var indent = command.group(1);
        at = endOfOutput(lines, at, indent);
        shell
            .run(command.group(2))
            .lines()
            .map(text -> text.isBlank() ? "" : indent + text)
            .forEach(written::add);
      }
    }
    return String.join("\n", written);
  }

  /** Returns the index behind the output; blank lines at its end belong to the page. */
  private static int endOfOutput(List<String> lines, int begin, String indent) {
    var end = begin;
    for (var at = begin; at < lines.size(); at++) {
      var line = lines.get(at);
      if (COMMAND.matcher(line).matches() || !(line.isBlank() || line.startsWith(indent))) {
        break;
      }
      end = line.isBlank() ? end : at + 1;
    }
    return end;
  }
}
