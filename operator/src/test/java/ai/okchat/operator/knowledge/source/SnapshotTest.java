package ai.okchat.operator.knowledge.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.okchat.client.Sha256;
import ai.okchat.planning.document.FileType;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Content of a source that stays in memory after the read. */
class SnapshotTest {

  private static final int IN_MEMORY = 90_000;
  private static final int IN_FILE = 2 * 1024 * 1024;

  @ParameterizedTest
  @ValueSource(ints = {IN_MEMORY, IN_FILE})
  @DisplayName("T66: a closed source keeps no content in memory")
  void keepsNameTypeDigestAndLengthWhenClosed(int length) {
    // Given
    var snapshot = read(length);
    var before = described(snapshot);
    var source = new WeakReference<>(snapshot.documents().getFirst().content().source());

    // When
    snapshot.close();

    // Then
    Awaitility.await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(source.get()).isNull();
            });
    assertThat(described(snapshot))
        .isEqualTo(before)
        .isEqualTo(List.of("a.md MARKDOWN %s %d".formatted(Sha256.of(text(length)), length)));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> snapshot.documents().getFirst().content().source().open());
  }

  @Test
  @DisplayName("T66: documents that are reused from the previous reading keep no content in memory")
  void keepsNoContentOfReadingBefore() {
    // Given
    var before = read(IN_MEMORY);
    var source = new WeakReference<>(before.documents().getFirst().content().source());

    // When
    var again =
        DocumentCollector.read(Contents.LIMITS, intake -> before.documents().forEach(intake::keep));
    before.close();

    // Then
    Awaitility.await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(source.get()).isNull();
            });
    assertThat(described(again)).isEqualTo(described(before));
  }

  @Test
  @DisplayName("T64: the headers of many pages are kept up to 1 MiB in all")
  void keepsMarksUpToLimitOfSource() {
    // Given
    var key = "k".repeat(24);
    var value = "v".repeat(1000);

    // When
    var snapshot =
        DocumentCollector.read(
            Contents.LIMITS,
            intake -> {
              for (var i = 0; i < 2000; i++) {
                intake.mark(key.substring(4) + (1000 + i), value);
              }
            });

    // Then
    assertThat(snapshot.marks()).hasSize(1024);
  }

  private static Snapshot read(int length) {
    return DocumentCollector.read(
        Contents.LIMITS, intake -> intake.take("a.md", FileType.MARKDOWN, text(length)));
  }

  private static byte[] text(int length) {
    var text = new byte[length];
    Arrays.fill(text, (byte) 'a');
    return text;
  }

  private static List<String> described(Snapshot snapshot) {
    return snapshot.documents().stream()
        .map(
            document ->
                "%s %s %s %d"
                    .formatted(
                        document.name(),
                        document.type(),
                        document.content().digest(),
                        document.content().length()))
        .toList();
  }
}
