package ai.okchat.operator.okchat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Takes out of the backend's words what a message must not repeat: the API key, and any stretch of
 * what we sent (prompts, questions, documents), also where it is quoted only in part, escaped, or
 * wrapped differently. So letters and digits alone are compared.
 */
final class Redaction {
  /** Shorter texts of ours, such as a model's name, may be repeated: they explain the refusal. */
  static final int SHORTEST_SECRET = 16;

  private static final int LONGEST_DETAIL = 300;
  private static final int STRETCH = 16;
  private static final int BRIDGED = 4;
  private static final String MARK = "[redacted]";

  private Redaction() {}

  /** The words on one line, without control characters, redacted, and at most 300 long. */
  static String clean(String words, ApiKey key, Stream<String> sent) {
    var line = words.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip();
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

  /** Hides each run of {@link #STRETCH} letters and digits that the secret has as well. */
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

  /** A gap of a few characters between two hidden stretches is an escape or punctuation. */
  private static int endOfHidden(int from, BitSet hidden) {
    var end = hidden.nextClearBit(from);
    var next = hidden.nextSetBit(end);
    while (next >= 0 && next - end <= BRIDGED) {
      end = hidden.nextClearBit(next);
      next = hidden.nextSetBit(end);
    }
    return end;
  }

  private static String bounded(String words) {
    if (words.length() <= LONGEST_DETAIL) {
      return words;
    }
    var cut = LONGEST_DETAIL - 1;
    return words.substring(0, Character.isHighSurrogate(words.charAt(cut - 1)) ? cut - 1 : cut)
        + "…";
  }

  /** The letters and digits of a text, in lower case, and where in the text each stands. */
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

    /** Character by character, so that positions stay true. */
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
