package ai.okchat.cli;

import ai.okchat.cli.ObjectDiff.Action;
import ai.okchat.cli.Printer.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shows differences on a terminal: one line for each field, and changed lines of long texts. */
final class DiffPrinter {
  private static final int LONGEST_NAME = 200;

  private final Printer printer;

  DiffPrinter(Printer printer) {
    this.printer = printer;
  }

  void print(ObjectDiff diff) {
    var title =
        diff.isDifferent()
            ? "%s: %s, %s".formatted(diff.title(), diff.action().text(), diff.requestsText())
            : "%s: %s".formatted(diff.title(), withoutChange(diff.action()));
    printer.line(
        printer.colored(diff.isDifferent() ? Color.BOLD : Color.FAINT, VisibleText.line(title)));
    diff.fields().forEach(this::print);
    diff.documents().forEach(this::print);
    diff.notes().forEach(note -> printer.line("  note: " + VisibleText.line(note)));
  }

  /** Returns the result of an object that causes no request. */
  static String withoutChange(Action action) {
    return action == Action.ADOPT ? "adopt, no difference" : action.text();
  }

  private void print(FieldChange change) {
    var mark = mark(change);
    var path = VisibleText.bounded(change.path(), LONGEST_NAME);
    if (change.isLong()) {
      printer.line(printer.colored(color(mark), "  %c %s:".formatted(mark, path)));
      change.lines().forEach(line -> printer.line("      " + colored(line)));
      return;
    }
    var values = new ArrayList<String>();
    if (change.textBefore() != null) {
      values.add(value(change.textBefore()));
    }
    if (change.textAfter() != null) {
      values.add(value(change.textAfter()));
    }
    printer.line(
        printer.colored(
            color(mark), "  %c %s: %s".formatted(mark, path, String.join(" -> ", values))));
  }

  private void print(ObjectDiff.DocumentChange document) {
    var mark =
        switch (document.verb()) {
          case "upload" -> '+';
          case "remove" -> '-';
          default -> '~';
        };
    printer.line(
        printer.colored(
            color(mark),
            "  %c %s %s%s"
                .formatted(
                    mark,
                    document.verb(),
                    VisibleText.bounded(document.name(), LONGEST_NAME),
                    document.bytes() < 0 ? "" : " (" + size(document.bytes()) + ")")));
  }

  static String size(long bytes) {
    return bytes < 1024 ? bytes + " bytes" : String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0);
  }

  private static String value(@Nullable String text) {
    var visible = VisibleText.line(String.valueOf(text));
    return visible.isEmpty() ? "\"\"" : visible;
  }

  private static char mark(FieldChange change) {
    if (change.textBefore() == null) {
      return '+';
    }
    return change.textAfter() == null ? '-' : '~';
  }

  private static Color color(char mark) {
    return switch (mark) {
      case '+' -> Color.GREEN;
      case '-' -> Color.RED;
      default -> Color.YELLOW;
    };
  }

  private String colored(String line) {
    return switch (line.charAt(0)) {
      case TextDiff.ADDED -> printer.colored(Color.GREEN, line);
      case TextDiff.REMOVED -> printer.colored(Color.RED, line);
      default -> line;
    };
  }

  /**
   * Returns the last line.
   *
   * @param failed number of objects that could not be compared
   */
  static String summary(List<ObjectDiff> diffs, int failed) {
    if (diffs.isEmpty() && failed == 0) {
      return "The manifests have no Chatbot and no KnowledgeSource.";
    }
    var different = diffs.stream().filter(ObjectDiff::isDifferent).count();
    var requests = diffs.stream().mapToInt(ObjectDiff::requests).sum();
    var result =
        different == 0
            ? "No difference."
            : "%d of %d objects differ: %d %s."
                .formatted(
                    different,
                    diffs.size() + failed,
                    requests,
                    requests == 1 ? "request" : "requests");
    var unread = diffs.stream().filter(diff -> diff.action() == Action.NOT_COMPARED).count();
    return (different == 0 && failed > 0 ? "" : result + " ")
        .concat(unread == 0 ? "" : "Objects that are not compared: %d. ".formatted(unread))
        .concat(failed == 0 ? "" : "Objects that could not be compared: %d.".formatted(failed))
        .strip();
  }
}
