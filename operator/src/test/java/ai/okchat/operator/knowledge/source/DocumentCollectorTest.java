package ai.okchat.operator.knowledge.source;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.fetch.TemporarySpace;
import ai.okchat.operator.knowledge.source.Source.Reading;
import ai.okchat.planning.document.ContentSniffer;
import ai.okchat.planning.document.FileType;
import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as they are sent: text in UTF-8, and nothing that is not text under the name of text. */
class DocumentCollectorTest {

  private static final int MIB = 1024 * 1024;
  private static final String LONG = Encoded.PRICES.repeat(20_000);

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "x-windows-949"})
  void sendsShortTextInUtf8(String charset) {
    // Given
    var bytes = Encoded.PRICES.getBytes(Charset.forName(charset));

    // When
    var read = read(collector -> collector.take("prices.csv", bytes));

    // Then
    assertThat(Contents.texts(read)).isEqualTo(Map.of("prices.csv", Encoded.PRICES));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "x-windows-949"})
  void sendsLongStreamInUtf8(String charset) {
    // Given
    var stream = new ByteArrayInputStream(LONG.getBytes(Charset.forName(charset)));

    // When
    var read =
        read(
            collector -> {
              collector.take("prices.csv", FileType.CSV, stream);
              collector.take("after.md", "After.");
            });

    // Then
    assertThat(Contents.texts(read)).isEqualTo(Map.of("prices.csv", LONG, "after.md", "After."));
  }

  @Test
  void sendsNoByteOrderMark() {
    // When
    var read =
        read(
            collector -> {
              collector.take("a.md", Encoded.marked("안녕\r\n", UTF_8));
              collector.take("b.txt", Encoded.marked("안녕", UTF_16LE));
              var stream = new ByteArrayInputStream(Encoded.marked(LONG, UTF_16LE));
              collector.take("c.csv", FileType.CSV, stream);
            });

    // Then
    assertThat(Contents.texts(read))
        .isEqualTo(Map.of("a.md", "안녕\r\n", "b.txt", "안녕", "c.csv", LONG));
  }

  @Test
  void rejectsFilesThatAreNoTextByName() {
    // When
    var read =
        read(
            collector -> {
              collector.take("japanese.txt", "あいうえお".getBytes(Encoded.SHIFT_JIS));
              collector.take("zeros.md", FileType.MARKDOWN, zeros(MIB));
              collector.take("empty.md", new byte[0]);
              collector.take("blank.md", " \n");
              collector.take("prices.csv", Encoded.utf8(Encoded.POINTER));
              collector.take("page.html", "<p>ご案内</p>".getBytes(Encoded.SHIFT_JIS));
              collector.take("script.html", "<script>1</script>");
              collector.take("good.md", "Good.");
            });

    // Then
    assertThat(Contents.texts(read)).isEqualTo(Map.of("good.md", "Good."));
    assertThat(Contents.reasons(read))
        .isEqualTo(
            Map.of(
                "japanese.txt", ContentSniffer.UNKNOWN_ENCODING,
                "zeros.md", ContentSniffer.NO_TEXT,
                "empty.md", "The document is empty.",
                "blank.md", "The document is empty.",
                "prices.csv", ContentSniffer.KEPT_IN_LFS,
                "page.html", ContentSniffer.UNKNOWN_ENCODING,
                "script.html", "The page cannot be turned into text."));
  }

  @Test
  void knownTextOutweighsTheLabelOfAPage() {
    // When
    var read = read(collector -> collector.take("page.html", Encoded.PAGE.formatted("euc-kr")));

    // Then
    assertThat(Contents.texts(read)).isEqualTo(Map.of("page.html", Encoded.PAGE_AS_TEXT));
  }

  @Test
  void rejectsTextThatExceedsTheLimitInUtf8() {
    // Given
    var limits = new ContentLimits(MIB, 10, 10 * MIB, Duration.ofMinutes(1));
    var korean = "가".repeat(MIB / 2).getBytes(Encoded.CP949);

    // When
    var snapshot = DocumentCollector.read(limits, collector -> collector.take("a.txt", korean));

    // Then
    assertThat(Contents.reasons(new Reading.Read(snapshot)))
        .isEqualTo(Map.of("a.txt", "The document is longer than 1 MiB, which is the limit."));
  }

  @Test
  void rejectedStreamReleasesItsSpace() {
    // Given
    var limits = Contents.LIMITS.within(new TemporarySpace(8 * MIB)).of("team");

    // When
    var snapshot =
        DocumentCollector.read(
            limits,
            collector -> {
              for (var i = 0; i < 8; i++) {
                collector.take(i + ".md", FileType.MARKDOWN, zeros(3 * MIB));
              }
            });

    // Then
    assertThat(snapshot.unusable()).hasSize(8);
  }

  private static Reading read(DocumentCollector.Filling filling) {
    return new Reading.Read(DocumentCollector.read(Contents.LIMITS, filling));
  }

  private static ByteArrayInputStream zeros(int length) {
    return new ByteArrayInputStream(new byte[length]);
  }
}
