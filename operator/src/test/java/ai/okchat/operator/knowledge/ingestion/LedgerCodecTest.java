package ai.okchat.operator.knowledge.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.planning.document.UploadAttempt;
import ai.okchat.planning.document.UploadAttempt.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** T29, T38: the ledger survives a restart, and a ledger that a user edited is no failure. */
class LedgerCodecTest {

  private static final String KEY = "0123456789abcdef";
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private static final long SECOND = NOW.getEpochSecond();

  /** Bytes that one ledger may have, and what each entry counts as without its message. */
  private static final int LIMIT = 700 * 1024;

  private static final int ENTRY = 64;

  @Test
  void writesOneLineForEachDocumentInTheOrderOfTheKeys() {
    // Given
    var attempts = new LinkedHashMap<String, UploadAttempt>();
    attempts.put("c", UploadAttempt.rejected(NOW, "HTTP status 413."));
    attempts.put("a", UploadAttempt.of(Outcome.ACKNOWLEDGED, NOW));
    attempts.put("b", new UploadAttempt(Outcome.UNCERTAIN, NOW, "No response.", 5));

    // When
    var text = text(LedgerCodec.pack(attempts));

    // Then
    assertThat(text)
        .isEqualTo(
            """
            a ACKNOWLEDGED 1772352000\s
            b UNCERTAIN*5 1772352000 No response.
            c REJECTED 1772352000 HTTP status 413.\
            """);
  }

  @Test
  void writesTheSameBytesForTheSameAttempts() {
    // Given
    var some = Map.of("a", acknowledged(), "b", acknowledged(), "c", acknowledged());
    var same = new LinkedHashMap<String, UploadAttempt>();
    for (var key : new String[] {"c", "a", "b"}) {
      same.put(key, acknowledged());
    }

    // When, Then
    assertThat(LedgerCodec.pack(same)).isEqualTo(LedgerCodec.pack(some));
  }

  @ParameterizedTest
  @EnumSource(Outcome.class)
  void readsEachOutcomeThatItWrote(Outcome outcome) {
    // Given
    var attempts =
        Map.of(
            "a",
            UploadAttempt.of(outcome, NOW),
            "b",
            new UploadAttempt(outcome, NOW, "Why not?", 7));

    // When
    var read = unpack(LedgerCodec.pack(attempts));

    // Then
    assertThat(read).isEqualTo(attempts);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "  two  spaces  ",
        "a*5 b",
        KEY + " REJECTED 1772352000 nested",
        "파일을 받지 않습니다",
        "\uD83D\uDE00",
        "\u0000\t"
      })
  void keepsMessageOnOneLineAsItIs(String message) {
    // Given
    var attempts = Map.of(KEY, UploadAttempt.rejected(NOW, message));

    // When
    var read = unpack(LedgerCodec.pack(attempts));

    // Then
    assertThat(read).isEqualTo(attempts);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\r\n", "\u000B", "\f", "\u0085", "\u2028", "\u2029"})
  void addsNoEntryWhenMessageHasSeveralLines(String lineBreak) {
    // Given
    var message = "Rejected." + lineBreak + "fedcba9876543210 ACKNOWLEDGED 1772352000 ";

    // When
    var read = unpack(LedgerCodec.pack(Map.of(KEY, UploadAttempt.rejected(NOW, message))));

    // Then
    assertThat(read)
        .isEqualTo(Map.of(KEY, UploadAttempt.rejected(NOW, message.replace(lineBreak, " "))));
  }

  @Test
  void dropsFractionOfTheSecond() {
    // Given
    var attempts = Map.of(KEY, UploadAttempt.of(Outcome.ACKNOWLEDGED, NOW.plusNanos(999_999_999)));

    // When
    var read = unpack(LedgerCodec.pack(attempts));

    // Then
    assertThat(read).isEqualTo(Map.of(KEY, acknowledged()));
  }

  @ParameterizedTest
  @ValueSource(longs = {100_000_000_000L, 31_556_889_864_403_199L, Long.MIN_VALUE})
  void omitsTimesThatNoDelayCanBeAddedTo(long second) {
    // Given
    var packed = zipped("a ACKNOWLEDGED %d \nb ACKNOWLEDGED %d ".formatted(second, SECOND));

    // When
    var read = unpack(packed);

    // Then
    assertThat(read).isEqualTo(Map.of("b", acknowledged()));
  }

  @ParameterizedTest
  @CsvSource({
    "-1, -1",
    "0, 0",
    "-62135596800, -62135596800",
    "1772352001, 1772352000",
    "4102444800, 1772352000",
    "99999999999, 1772352000"
  })
  void countsALaterTimeAsNow(long second, long expected) {
    // Given
    var attempts =
        Map.of(KEY, UploadAttempt.of(Outcome.ACKNOWLEDGED, Instant.ofEpochSecond(second)));

    // When
    var read = unpack(LedgerCodec.pack(attempts));

    // Then
    assertThat(read)
        .isEqualTo(
            Map.of(KEY, UploadAttempt.of(Outcome.ACKNOWLEDGED, Instant.ofEpochSecond(expected))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        KEY,
        KEY + "0 ACKNOWLEDGED 1772352000 message",
        " ACKNOWLEDGED 1772352000 message",
        KEY + " ACKNOWLEDGED",
        KEY + " ACKNOWLEDGED 1772352000",
        KEY + "  1772352000 message",
        KEY + " acknowledged 1772352000 message",
        KEY + " LISTED 1772352000 an outcome of another version",
        KEY + " * 1772352000 message",
        KEY + " *5 1772352000 message",
        KEY + " UNCERTAIN* 1772352000 message",
        KEY + " UNCERTAIN*five 1772352000 message",
        KEY + " UNCERTAIN*5*5 1772352000 message",
        KEY + " UNCERTAIN*2147483648 1772352000 message",
        KEY + " UNCERTAIN*-2147483649 1772352000 message",
        KEY + " ACKNOWLEDGED now message",
        KEY + " ACKNOWLEDGED 1772352000.5 message",
        KEY + " ACKNOWLEDGED 2026-03-01T08:00:00Z message",
        KEY + " ACKNOWLEDGED 9223372036854775807 message",
        KEY + " ACKNOWLEDGED -9223372036854775808 message",
        KEY + " ACKNOWLEDGED 9223372036854775808 message",
        KEY + " ACKNOWLEDGED 31556889864403200 message",
        KEY + "\tACKNOWLEDGED\t1772352000\tmessage",
        "\u0000\u0001\uFFFD"
      })
  void skipsCorruptLineAndReadsTheOthers(String corrupt) {
    // Given
    var packed =
        zipped("a ACKNOWLEDGED %d \n%s\nb ACKNOWLEDGED %d ".formatted(SECOND, corrupt, SECOND));

    // When
    var read = unpack(packed);

    // Then
    assertThat(read).isEqualTo(Map.of("a", acknowledged(), "b", acknowledged()));
  }

  @Test
  void keepsLastLineOfADuplicateKey() {
    // Given
    var packed =
        zipped("a ACKNOWLEDGED %d \na UNCERTAIN*3 %d Lost.".formatted(SECOND - 60, SECOND));

    // When
    var read = unpack(packed);

    // Then
    assertThat(read).isEqualTo(Map.of("a", new UploadAttempt(Outcome.UNCERTAIN, NOW, "Lost.", 3)));
  }

  @Test
  void cutsLongMessageOfAnEditedLedger() {
    // Given
    var packed = zipped("a REJECTED %d %s".formatted(SECOND, "x".repeat(1_000_000)));

    // When
    var read = unpack(packed);

    // Then
    assertThat(read).isEqualTo(Map.of("a", UploadAttempt.rejected(NOW, "x".repeat(200))));
  }

  @Test
  void readsNothingFromAnythingButGzip() {
    // Given
    var whole = LedgerCodec.pack(Map.of(KEY, acknowledged()));
    var changed = whole.clone();
    changed[whole.length - 5] ^= 1;

    // When, Then
    assertThat(unpack(new byte[0])).isEmpty();
    assertThat(unpack("a ACKNOWLEDGED 1772352000 ".getBytes(StandardCharsets.UTF_8))).isEmpty();
    assertThat(unpack(Arrays.copyOf(whole, whole.length - 1))).isEmpty();
    assertThat(unpack(changed)).isEmpty();
  }

  @Test
  void stopsReadingAtOneMebibyte() {
    // Given: one long line in between that has an outcome of another version.
    var first = "a ACKNOWLEDGED %d \nx LISTED ".formatted(SECOND);
    var last = "\nb ACKNOWLEDGED %d ".formatted(SECOND);
    var between = 1024 * 1024 - first.length() - last.length();
    var fitting = zipped(first + "x".repeat(between) + last);
    var larger = zipped(first + "x".repeat(between + 1) + last);

    // When, Then
    assertThat(unpack(fitting)).containsOnlyKeys("a", "b");
    assertThat(unpack(larger)).isEqualTo(Map.of("a", acknowledged()));
  }

  @Test
  void fitsUpToSevenHundredKibibytes() {
    // Given
    var full = acknowledged(LIMIT / ENTRY);
    var over = new HashMap<>(full);
    over.put(KEY, acknowledged());

    // When, Then
    assertThat(LedgerCodec.fits(Map.of())).isTrue();
    assertThat(LedgerCodec.fits(full)).isTrue();
    assertThat(LedgerCodec.fits(over)).isFalse();
  }

  @Test
  void countsThreeBytesForEachCharacterOfAMessage() {
    // Given: room for one entry and 64 bytes.
    var attempts = acknowledged(LIMIT / ENTRY - 2);
    var fitting = new HashMap<>(attempts);
    fitting.put(KEY, UploadAttempt.rejected(NOW, "x".repeat(21)));
    var over = new HashMap<>(attempts);
    over.put(KEY, UploadAttempt.rejected(NOW, "x".repeat(22)));

    // When, Then
    assertThat(LedgerCodec.fits(fitting)).isTrue();
    assertThat(LedgerCodec.fits(over)).isFalse();
  }

  @Test
  void dropsAllMessagesButKeepsOutcomeAndAttemptsWhenTheLedgerIsFull() {
    // Given
    var attempts = new HashMap<>(acknowledged(LIMIT / ENTRY - 2));
    var withoutMessages = new HashMap<>(attempts);
    attempts.put("r", UploadAttempt.rejected(NOW, "HTTP status 413."));
    attempts.put("u", new UploadAttempt(Outcome.UNCERTAIN, NOW, "No response.", 6));
    withoutMessages.put("r", UploadAttempt.rejected(NOW, ""));
    withoutMessages.put("u", new UploadAttempt(Outcome.UNCERTAIN, NOW, "", 6));

    // When
    var read = unpack(LedgerCodec.pack(attempts));

    // Then
    assertThat(read).isEqualTo(withoutMessages);
  }

  @Test
  void cutsMessageBeforeACharacterOfTwoHalves() {
    // Given
    var message = "x".repeat(199) + "\uD83D\uDE00";

    // When
    var attempt = UploadAttempt.rejected(NOW, message);

    // Then
    assertThat(attempt.message()).isEqualTo("x".repeat(199));
  }

  private static Map<String, UploadAttempt> unpack(byte[] packed) {
    var attempts = new HashMap<String, UploadAttempt>();
    LedgerCodec.unpack(packed, NOW)
        .forEach(entry -> attempts.put(entry.getKey(), entry.getValue()));
    return attempts;
  }

  private static UploadAttempt acknowledged() {
    return UploadAttempt.of(Outcome.ACKNOWLEDGED, NOW);
  }

  private static Map<String, UploadAttempt> acknowledged(int count) {
    var attempts = new HashMap<String, UploadAttempt>();
    IntStream.range(0, count)
        .forEach(number -> attempts.put("%016d".formatted(number), acknowledged()));
    return attempts;
  }

  private static byte[] zipped(String text) {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private static String text(byte[] packed) {
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
