package ai.okchat.operator.knowledge;

import ai.okchat.operator.knowledge.Delivery.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Deliveries as a packed text: a line for each, with key, outcome, second and message. The outcome
 * carries the number of attempts in vain, as in {@code UNCERTAIN*5}.
 */
final class LedgerText {

  /** Unpacked bytes; far more than ten thousand documents need. */
  private static final int MAX_BYTES = 16 * 1024 * 1024;

  /** A ConfigMap holds 1 MiB, and a request 1.5 MiB of base64. */
  private static final long LARGEST = 700 * 1024;

  /** Without the message. */
  private static final long LONGEST_LINE = 64;

  /** UTF-8 bytes of one character of a message. */
  private static final long MOST_BYTES = 3;

  /** The last second of the year 9999. */
  private static final long LATEST = 253_402_300_799L;

  private static final String TIMES = "*";

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

  /** What can be read of it; lines of another version are left out. */
  static Map<String, Delivery> unpack(byte[] packed) {
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      var deliveries = new HashMap<String, Delivery>();
      new String(gzip.readNBytes(MAX_BYTES), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(" ", 4))
          .forEach(fields -> delivery(fields).ifPresent(it -> deliveries.put(fields[0], it)));
      return deliveries;
    } catch (IOException e) {
      return Map.of();
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

  /** A time to which any delay can be added. */
  private static Instant time(long second) {
    if (Math.abs(second) > LATEST) {
      throw new DateTimeException("The second " + second + " is no time of a delivery");
    }
    return Instant.ofEpochSecond(second);
  }

  private static Optional<Delivery> delivery(String[] fields) {
    try {
      var times = fields[1].indexOf(TIMES);
      return Optional.of(
          new Delivery(
              Outcome.valueOf(times < 0 ? fields[1] : fields[1].substring(0, times)),
              time(Long.parseLong(fields[2])),
              fields[3],
              times < 0 ? 0 : Integer.parseInt(fields[1].substring(times + 1))));
    } catch (IllegalArgumentException | DateTimeException | ArrayIndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }
}
