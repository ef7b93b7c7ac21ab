package ai.okchat.operator.knowledge;

import ai.okchat.operator.knowledge.Delivery.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Deliveries as a packed text: a line for each, with key, outcome, second and message. The outcome
 * carries the number of attempts in vain, as in {@code UNCERTAIN*5}.
 */
final class LedgerText {

  /** Unpacked bytes; a text that {@link #pack} wrote has less. */
  private static final int MAX_BYTES = 1024 * 1024;

  /** A ConfigMap holds 1 MiB, and a request 1.5 MiB of base64. */
  private static final long LARGEST = 700 * 1024;

  /** Without the message. */
  private static final long LONGEST_LINE = 64;

  /** UTF-8 bytes of one character of a message. */
  private static final long MOST_BYTES = 3;

  private static final String TIMES = "*";

  /** Users can edit a ledger: what does not match costs neither an exception nor memory. */
  private static final Pattern LINE =
      Pattern.compile(
          "(?s)(\\S{1,16}) (%s)(?:\\*(\\d{1,9}))? (-?\\d{1,11}) (.*)"
              .formatted(
                  Arrays.stream(Outcome.values())
                      .map(Outcome::name)
                      .collect(Collectors.joining("|"))));

  private LedgerText() {}

  /** Whether one ConfigMap holds them with their messages, however badly these compress. */
  static boolean fits(Map<String, Delivery> deliveries) {
    return deliveries.values().stream()
            .mapToLong(delivery -> LONGEST_LINE + MOST_BYTES * delivery.message().length())
            .sum()
        <= LARGEST;
  }

  /** At most 700 KiB for a hundred thousand documents: the messages are dropped first. */
  static byte[] pack(Map<String, Delivery> deliveries) {
    var withMessages = fits(deliveries);
    var text =
        new TreeMap<>(deliveries)
            .entrySet().stream()
                .map(entry -> line(entry.getKey(), entry.getValue(), withMessages))
                .collect(Collectors.joining("\n"));
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  /**
   * What can be read of it; lines of another version are left out.
   *
   * @param now a later time counts as this one
   */
  static Stream<Map.Entry<String, Delivery>> unpack(byte[] packed, Instant now) {
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return new String(gzip.readNBytes(MAX_BYTES), StandardCharsets.UTF_8)
          .lines()
          .map(LINE::matcher)
          .filter(Matcher::matches)
          .map(line -> Map.entry(line.group(1), delivery(line, now)));
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  private static String line(String key, Delivery delivery, boolean withMessage) {
    return "%s %s %d %s"
        .formatted(
            key,
            delivery.attempts() == 0
                ? delivery.outcome()
                : delivery.outcome() + TIMES + delivery.attempts(),
            delivery.at().getEpochSecond(),
            withMessage ? delivery.message().replaceAll("\\R", " ") : "");
  }

  private static Delivery delivery(Matcher line, Instant now) {
    var at = Instant.ofEpochSecond(Long.parseLong(line.group(4)));
    return new Delivery(
        Outcome.valueOf(line.group(2)),
        at.isAfter(now) ? now : at,
        line.group(5),
        line.group(3) == null ? 0 : Integer.parseInt(line.group(3)));
  }
}
