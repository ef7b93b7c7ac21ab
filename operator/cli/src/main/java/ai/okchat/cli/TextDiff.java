package ai.okchat.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Compares two texts by lines, and shows the changed ones with a few lines around them. Long lines
 * are compared by sentences. The result is bounded, and has no character that a terminal
 * interprets.
 */
final class TextDiff {
  /** The marks in front of lines, as {@code diff -u} writes them. */
  static final char REMOVED = '-';

  static final char ADDED = '+';
  static final char KEPT = ' ';

  private static final int MOST_LINES = 40;
  private static final int MOST_CHARACTERS = 4 * 1024;
  private static final int LONGEST_LINE = 160;
  private static final int AROUND = 2;

  /** Cells of the table; above it, the differing parts count as replaced. */
  private static final long MOST_CELLS = 1_000_000;

  private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?。] )(?=\\S)");

  /**
   * A line, or a part of a long one.
   *
   * @param isContinued by the next piece: the same text at the end of a line is another piece
   */
  private record Piece(String text, boolean isContinued) {}

  private TextDiff() {}

  /** Returns the changed lines with their marks; a line with {@code …} stands for omitted ones. */
  static List<String> lines(String before, String after) {
    return bounded(shown(marked(pieces(before), pieces(after))));
  }

  private static List<Piece> pieces(String text) {
    var pieces = new ArrayList<Piece>();
    if (text.isEmpty()) {
      return pieces;
    }
    for (var line : text.strip().replace("\r\n", "\n").split("\n", -1)) {
      if (line.length() <= LONGEST_LINE) {
        pieces.add(new Piece(line, false));
      } else {
        for (var sentence : SENTENCE_END.split(line, -1)) {
          cut(sentence, pieces);
        }
        pieces.add(new Piece(pieces.removeLast().text(), false));
      }
    }
    return pieces;
  }

  private static void cut(String sentence, List<Piece> into) {
    for (var from = 0; from < sentence.length(); ) {
      var end = Math.min(from + LONGEST_LINE, sentence.length());
      var to =
          end < sentence.length() && Character.isHighSurrogate(sentence.charAt(end - 1))
              ? end - 1
              : end;
      into.add(new Piece(sentence.substring(from, to), true));
      from = to;
    }
  }

  private static List<String> marked(List<Piece> before, List<Piece> after) {
    var start = 0;
    while (start < Math.min(before.size(), after.size())
        && before.get(start).equals(after.get(start))) {
      start++;
    }
    var end = 0;
    while (end < Math.min(before.size(), after.size()) - start
        && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
      end++;
    }
    var marked = new ArrayList<String>();
    before.subList(0, start).forEach(piece -> marked.add(KEPT + piece.text()));
    markMiddle(
        before.subList(start, before.size() - end),
        after.subList(start, after.size() - end),
        marked);
    before
        .subList(before.size() - end, before.size())
        .forEach(piece -> marked.add(KEPT + piece.text()));
    return marked;
  }

  /** Marks by the longest common subsequence. */
  private static void markMiddle(List<Piece> before, List<Piece> after, List<String> into) {
    if ((long) before.size() * after.size() > MOST_CELLS) {
      before.forEach(piece -> into.add(REMOVED + piece.text()));
      after.forEach(piece -> into.add(ADDED + piece.text()));
      return;
    }
    var common = new int[before.size() + 1][after.size() + 1];
    for (var i = before.size() - 1; i >= 0; i--) {
      for (var j = after.size() - 1; j >= 0; j--) {
        common[i][j] =
            before.get(i).equals(after.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    var i = 0;
    var j = 0;
    while (i < before.size() || j < after.size()) {
      if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
        into.add(KEPT + before.get(i++).text());
        j++;
      } else if (j == after.size() || (i < before.size() && common[i + 1][j] >= common[i][j + 1])) {
        into.add(REMOVED + before.get(i++).text());
      } else {
        into.add(ADDED + after.get(j++).text());
      }
    }
  }

  /** Omits kept lines that are not near a changed one. */
  private static List<String> shown(List<String> marked) {
    var near = new boolean[marked.size()];
    for (var i = 0; i < near.length; i++) {
      if (marked.get(i).charAt(0) != KEPT) {
        for (var at = Math.max(0, i - AROUND); at < Math.min(near.length, i + AROUND + 1); at++) {
          near[at] = true;
        }
      }
    }
    var shown = new ArrayList<String>();
    for (var i = 0; i < near.length; i++) {
      if (near[i]) {
        shown.add(marked.get(i).charAt(0) + VisibleText.line(marked.get(i).substring(1)));
      } else if (i == 0 || near[i - 1]) {
        shown.add(KEPT + "…");
      }
    }
    return shown;
  }

  private static List<String> bounded(List<String> lines) {
    var kept = new ArrayList<String>();
    var characters = 0;
    for (var line : lines) {
      characters += line.length();
      if (kept.size() == MOST_LINES || characters > MOST_CHARACTERS) {
        kept.add("%c… %d more lines".formatted(KEPT, lines.size() - kept.size()));
        break;
      }
      kept.add(line);
    }
    return kept;
  }
}
