package ai.okchat.client;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Removes from messages of the backend the text that must not be repeated: the API key, and any
 * stretch of the texts that were sent (prompts, questions, documents), also if it is quoted in
 * part, escaped, or wrapped differently. Therefore only letters and digits are compared.
 */
final class Redaction {
  /**
   * Shorter texts that were sent, such as the name of a model, may be repeated: they explain the
   * error.
   */
  static final int SHORTEST_SECRET = 16;

  private static final int LONGEST_DETAIL = 300;
  private static final int STRETCH = 16;
  private static final int BRIDGED = 4;
  private static final String MARK = "[redacted]";

  private Redaction() {}

  /**
   * Returns the message on one line, without control characters, redacted, and at most 300
   * characters long.
   */
  static String clean(String message, ApiKey key, Stream<String> sent) {
    var line = message.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip();
    var hidden = new BitSet(line.length());
    hideExact(line, key.value(), hidden);
    var letters = Letters.of(line);
    Stream.concat(Stream.of(key.value()), sent.filter(text -> text.length() >= SHORTEST_SECRET))
        .forEach(
            secret -> {
              hideExact(line, secret, hidden);
              hideStretches(letters, Letters.of(secret).text(), hidden);
            });
    return bounded(marked(line, hidden));
  }

  private static void hideExact(String line, String secret, BitSet hidden) {
    for (var at = line.indexOf(secret); at >= 0; at = line.indexOf(secret, at + 1)) {
      hidden.set(at, at + secret.length());
    }
  }

  /** Hides each run of {@link #STRETCH} letters and digits that the secret contains as well. */
  private static void hideStretches(Letters line, String secret, BitSet hidden) {
    var length = Math.min(STRETCH, secret.length());
    if (length < STRETCH / 2) {
      return;
    }
    var starts = line.stretches(length);
    for (var i = 0; i + length <= secret.length() && !starts.isEmpty(); i++) {
      for (var start : starts.getOrDefault(secret.substring(i, i + length), List.of())) {
        hidden.set(line.positions()[start], line.positions()[start + length - 1] + 1);
      }
    }
  }

  private static String marked(String line, BitSet hidden) {
    var out = new StringBuilder();
    var at = 0;
    for (var from = hidden.nextSetBit(0); from >= 0; from = hidden.nextSetBit(at)) {
      out.append(line, at, from).append(MARK);
      at = endOfHidden(from, hidden);
    }
    return out.append(line, at, line.length()).toString();
  }

  /** Extends a hidden stretch over gaps of a few characters, which are escapes or punctuation. */
  private static int endOfHidden(int from, BitSet hidden) {
    var end = hidden.nextClearBit(from);
    var next = hidden.nextSetBit(end);
    while (next >= 0 && next - end <= BRIDGED) {
      end = hidden.nextClearBit(next);
      next = hidden.nextSetBit(end);
    }
    return end;
  }

  private static String bounded(String message) {
    if (message.length() <= LONGEST_DETAIL) {
      return message;
    }
    var cut = LONGEST_DETAIL - 1;
    return message.substring(0, Character.isHighSurrogate(message.charAt(cut - 1)) ? cut - 1 : cut)
        + "…";
  }

  /** The letters and digits of a text, in lower case, with their positions in the text. */
  @SuppressWarnings("ArrayRecordComponent") // never compared, never leaves this class
  private record Letters(String text, int[] positions) {
    static Letters of(String line) {
      var positions =
          IntStream.range(0, line.length())
              .filter(i -> Character.isLetterOrDigit(line.charAt(i)))
              .toArray();
      var text = new StringBuilder(positions.length);
      for (var position : positions) {
        text.append(line.charAt(position));
      }
      return new Letters(lowerCase(text.toString()), positions);
    }

    /**
     * Converts to lower case only if the length stays the same, so that the positions stay correct.
     */
    private static String lowerCase(String text) {
      var lower = text.toLowerCase(Locale.ROOT);
      return lower.length() == text.length() ? lower : text;
    }

    Map<String, List<Integer>> stretches(int length) {
      var starts = new HashMap<String, List<Integer>>();
      for (var i = 0; i + length <= text.length(); i++) {
        starts.computeIfAbsent(text.substring(i, i + length), s -> new ArrayList<>()).add(i);
      }
      return starts;
    }
  }
}
