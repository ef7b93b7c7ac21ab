package ai.okchat.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The actions of {@code operator/docs/reasons.md}, which the jar contains. A test of the operator
 * ensures that the page has one row for each reason.
 */
final class ReasonTable {
  private static final Pattern CELL = Pattern.compile(" \\| ");
  private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)]\\(([^)]*)\\)");

  private ReasonTable() {}

  /** Returns the action of the user for a reason; empty for an unknown reason. */
  static Optional<String> action(String reason) {
    var start = "| `" + reason + "` |";
    try (var page =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(ReasonTable.class.getResourceAsStream("reasons.md")),
                StandardCharsets.UTF_8))) {
      return page.lines()
          .filter(line -> line.startsWith(start) && line.endsWith("|"))
          .map(ReasonTable::lastCell)
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String lastCell(String row) {
    var cells = CELL.split(row.substring(0, row.length() - 1), -1);
    return plain(cells[cells.length - 1].strip());
  }

  /** Removes the markup: a link to a page becomes its path in the repository. */
  private static String plain(String markdown) {
    return LINK.matcher(markdown.replace("`", ""))
        .replaceAll(match -> match.group(1) + " (operator/docs/" + match.group(2) + ")");
  }
}
