package ai.okchat.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A table as kubectl prints it: columns with three spaces between them, without lines. */
final class TextTable {
  private static final String GAP = "   ";

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

  /** Returns the lines of the table. */
  List<String> lines() {
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

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
