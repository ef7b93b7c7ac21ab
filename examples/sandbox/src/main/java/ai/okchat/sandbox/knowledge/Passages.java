package ai.okchat.sandbox.knowledge;

import ai.okchat.sandbox.store.Document.Content;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Splits documents into passages. Pure. */
final class Passages {
  /** Paragraphs are joined up to this length; only a longer one is split. Characters. */
  static final int MAX_LENGTH = 1_000;

  private Passages() {}

  static List<Passage> of(String title, Content content) {
    if (content.isToBeRead()) {
      return List.of();
    }
    var passages = new ArrayList<Passage>();
    if (content.fileType().equals("json")) {
      for (var pair : QuestionsAndAnswers.read(content.bytes())) {
        passages.add(Passage.ofPair(title, passages.size() + 1, pair));
      }
    } else {
      for (var text : chunks(new String(content.bytes(), StandardCharsets.UTF_8))) {
        passages.add(Passage.ofContent(title, passages.size() + 1, text));
      }
    }
    return List.copyOf(passages);
  }

  private static List<String> chunks(String text) {
    var chunks = new ArrayList<String>();
    var open = new StringBuilder();
    for (var paragraph : text.replace("\r\n", "\n").split("\n\\s*\n", -1)) {
      for (var piece : pieces(paragraph.strip())) {
        if (!open.isEmpty() && open.length() + piece.length() + 2 > MAX_LENGTH) {
          chunks.add(open.toString());
          open.setLength(0);
        }
        open.append(open.isEmpty() ? "" : "\n\n").append(piece);
      }
    }
    if (!open.isEmpty()) {
      chunks.add(open.toString());
    }
    return chunks;
  }

  private static List<String> pieces(String paragraph) {
    var pieces = new ArrayList<String>();
    var rest = paragraph;
    while (rest.length() > MAX_LENGTH) {
      var cut = lastBreak(rest);
      pieces.add(rest.substring(0, cut).strip());
      rest = rest.substring(cut).strip();
    }
    if (!rest.isEmpty()) {
      pieces.add(rest);
    }
    return pieces;
  }

  /**
   * Returns the end of the last line or sentence that fits, else of the last word, else the limit.
   */
  private static int lastBreak(String text) {
    for (var separator : List.of("\n", ". ", " ")) {
      var at = text.lastIndexOf(separator, MAX_LENGTH - separator.length());
      if (at > 0) {
        return at + separator.length();
      }
    }
    return Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
  }
}
