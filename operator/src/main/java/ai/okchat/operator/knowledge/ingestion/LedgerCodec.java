package ai.okchat.operator.knowledge.ingestion;

import ai.okchat.planning.document.UploadAttempt;
import ai.okchat.planning.document.UploadAttempt.Outcome;
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
 * Encodes upload attempts as compressed text: a line for each with key, outcome, second and
 * message. The outcome carries the number of attempts without a conclusive response, as in {@code
 * UNCERTAIN*5}.
 */
public final class LedgerCodec {

  /** Maximum of unpacked bytes; a text that {@link #pack} wrote has less. */
  private static final int MAX_BYTES = 1024 * 1024;

  /** Bytes: a ConfigMap may have 1 MiB, and a request 1.5 MiB of base64. */
  private static final long LARGEST = 700 * 1024;

  /** Bytes of a line without the message. */
  private static final long LONGEST_LINE = 64;

  /** UTF-8 bytes of one character of a message. */
  private static final long MOST_BYTES = 3;

  private static final String TIMES = "*";

  /** Users can edit a ledger: input that does not match costs neither an exception nor memory. */
  private static final Pattern LINE =
      Pattern.compile(
          "(?s)(\\S{1,16}) (%s)(?:\\*(\\d{1,9}))? (-?\\d{1,11}) (.*)"
              .formatted(
                  Arrays.stream(Outcome.values())
                      .map(Outcome::name)
                      .collect(Collectors.joining("|"))));

  private LedgerCodec() {}

  /**
   * Returns whether one ConfigMap has room for the attempts with their messages, even if these do
   * not compress.
   */
  public static boolean fits(Map<String, UploadAttempt> attempts) {
    return attempts.values().stream()
            .mapToLong(attempt -> LONGEST_LINE + MOST_BYTES * attempt.message().length())
            .sum()
        <= LARGEST;
  }

  /** Returns at most 700 KiB for 100,000 documents: the messages are dropped first. */
  public static byte[] pack(Map<String, UploadAttempt> attempts) {
    var withMessages = fits(attempts);
    var text =
        new TreeMap<>(attempts)
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
   * Returns the readable entries; lines of another version are skipped.
   *
   * @param now upper bound of the times that are read
   */
  public static Stream<Map.Entry<String, UploadAttempt>> unpack(byte[] packed, Instant now) {
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return new String(gzip.readNBytes(MAX_BYTES), StandardCharsets.UTF_8)
          .lines()
          .map(LINE::matcher)
          .filter(Matcher::matches)
          .map(line -> Map.entry(line.group(1), attempt(line, now)));
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  private static String line(String key, UploadAttempt attempt, boolean withMessage) {
    return "%s %s %d %s"
        .formatted(
            key,
            attempt.attempts() == 0
                ? attempt.outcome()
                : attempt.outcome() + TIMES + attempt.attempts(),
            attempt.at().getEpochSecond(),
            withMessage ? attempt.message().replaceAll("\\R", " ") : "");
  }

  private static UploadAttempt attempt(Matcher line, Instant now) {
    var at = Instant.ofEpochSecond(Long.parseLong(line.group(4)));
    return new UploadAttempt(
        Outcome.valueOf(line.group(2)),
        at.isAfter(now) ? now : at,
        line.group(5),
        line.group(3) == null ? 0 : Integer.parseInt(line.group(3)));
  }
}
