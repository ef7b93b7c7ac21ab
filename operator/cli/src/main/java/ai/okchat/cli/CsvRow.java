package ai.okchat.cli;

import java.util.List;
import java.util.stream.Collectors;

/** Writes rows of CSV (RFC 4180) that a spreadsheet does not take for formulas. */
final class CsvRow {
  private CsvRow() {}

  static String of(List<String> cells) {
    return cells.stream().map(CsvRow::quoted).collect(Collectors.joining(","));
  }

  private static String quoted(String cell) {
    var text = VisibleText.lines(cell);
    var isFormula = !text.isEmpty() && "=+-@\t".indexOf(text.charAt(0)) >= 0;
    return "\"" + (isFormula ? "'" : "") + text.replace("\"", "\"\"") + "\"";
  }
}
