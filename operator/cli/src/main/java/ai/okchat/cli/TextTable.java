package ai.okchat.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table as kubectl prints it: columns with three spaces between them, without lines. */
final class TextTable {
  private static final String GAP = "   ";
  private static final Pattern MARKUP = Pattern.compile("[\\\\`*_{}\\[\\]<>|~&#!]");

  private final List<List<String>> rows = new ArrayList<>();

  TextTable(String... titles) {
    rows.add(List.of(titles));
  }

  /** Adds a row, with its control characters made visible. An empty cell is {@code <none>}. */
  TextTable row(List<String> cells) {
    rows.add(
        cells.stream().map(cell -> cell.isBlank() ? "<none>" : VisibleText.line(cell)).toList());
    return this;
  }

  boolean isEmpty() {
    return rows.size() == 1;
  }

  /** Returns the lines of the table, in Markdown or in aligned columns. */
  List<String> lines(OutputFormat format) {
    if (format == OutputFormat.MARKDOWN) {
      var lines = new ArrayList<>(rows.stream().map(TextTable::markdown).toList());
      lines.add(1, "|---".repeat(rows.getFirst().size()) + "|");
      return lines;
    }
    var widths =
        IntStream.range(0, rows.getFirst().size())
            .map(column -> rows.stream().mapToInt(row -> width(row.get(column))).max().orElse(0))
            .toArray();
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    var line = new StringBuilder();
    for (var column = 0; column < row.size(); column++) {
      var cell = row.get(column);
      line.append(cell).append(" ".repeat(widths[column] - width(cell))).append(GAP);
    }
    return line.toString().stripTrailing();
  }

  /** Texts of others stay texts: no link, no picture, and no end of the cell. */
  private static String markdown(List<String> row) {
    return row.stream()
        .map(cell -> MARKUP.matcher(cell).replaceAll("\\\\$0"))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
