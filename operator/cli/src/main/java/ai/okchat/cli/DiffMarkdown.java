package ai.okchat.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes differences as Markdown for a pull request. Texts of others are in code spans and fences
 * that they cannot close, so they contain neither links nor mentions.
 */
final class DiffMarkdown {
  private static final int SHORTEST_FENCE = 3;

  private DiffMarkdown() {}

  static List<String> lines(List<ObjectDiff> diffs, int failed) {
    var lines = new ArrayList<String>();
    lines.add("## Changes in the backend");
    for (var diff : diffs) {
      if (diff.isDifferent() || !diff.notes().isEmpty()) {
        write(diff, lines);
      }
    }
    lines.add("");
    lines.add(DiffPrinter.summary(diffs, failed));
    return lines;
  }

  private static void write(ObjectDiff diff, List<String> into) {
    into.add("");
    into.add(
        "### %s: %s"
            .formatted(
                code(diff.title()),
                diff.isDifferent()
                    ? diff.action().text() + ", " + diff.requestsText()
                    : DiffPrinter.withoutChange(diff.action())));
    var onOneLine = diff.fields().stream().filter(change -> !change.isLong()).toList();
    if (!onOneLine.isEmpty()) {
      into.addAll(List.of("", "| field | before | after |", "|---|---|---|"));
      onOneLine.forEach(
          change ->
              into.add(
                  "| %s | %s | %s |"
                      .formatted(
                          code(change.path()),
                          code(change.textBefore()),
                          code(change.textAfter()))));
    }
    diff.fields().stream()
        .filter(FieldChange::isLong)
        .forEach(
            change -> {
              var lines = change.lines();
              var fence = "`".repeat(Math.max(SHORTEST_FENCE, longestRun(lines) + 1));
              into.addAll(List.of("", code(change.path()) + ":", "", fence + "diff"));
              into.addAll(lines);
              into.add(fence);
            });
    if (!diff.documents().isEmpty()) {
      into.addAll(List.of("", "| document | change |", "|---|---|"));
      diff.documents()
          .forEach(
              document ->
                  into.add("| %s | %s |".formatted(code(document.name()), document.verb())));
    }
    if (!diff.notes().isEmpty()) {
      into.add("");
      diff.notes().forEach(note -> into.add("* " + code(note)));
    }
  }

  /** Returns a code span that fits into a cell of a table. */
  private static String code(@Nullable String text) {
    if (text == null) {
      return "";
    }
    var line = VisibleText.line(text).replace("|", "\\|");
    if (line.isBlank()) {
      return "(empty)";
    }
    var marks = "`".repeat(longestRun(List.of(line)) + 1);
    return marks.length() == 1 ? "`" + line + "`" : marks + " " + line + " " + marks;
  }

  private static int longestRun(List<String> lines) {
    var longest = 0;
    for (var line : lines) {
      var run = 0;
      for (var i = 0; i < line.length(); i++) {
        run = line.charAt(i) == '`' ? run + 1 : 0;
        longest = Math.max(longest, run);
      }
    }
    return longest;
  }
}
