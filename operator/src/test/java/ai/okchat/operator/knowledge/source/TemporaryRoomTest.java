package ai.okchat.operator.knowledge.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.okchat.operator.fetch.SourceException;
import ai.okchat.operator.fetch.TemporarySpace;
import ai.okchat.planning.document.FileType;
import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Sources that share the temporary folder. */
class TemporaryRoomTest {

  private static final int MIB = 1024 * 1024;

  private final ContentLimits limits =
      ContentLimits.ofMebibytes(25, 100, 2048).within(new TemporarySpace(64L * MIB));

  @Test
  @DisplayName("T70: a source without temporary space is retried, and others continue")
  void failsSourceThatExceedsTheSpace() {
    // Given
    var kept = read("noisy", 20, 20);

    // When
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> read("noisy", 20))
        .withMessageContaining(
            "TMP_SIZE_LIMIT is 64 MiB, and the sources of one namespace may use 48 MiB of it.")
        .matches(SourceException::isTransient);

    // Then
    assertThat(read("quiet", 10).documents()).hasSize(1);
    kept.close();
    assertThat(read("noisy", 20, 20).documents()).hasSize(2);
  }

  @Test
  void tooLongDocumentReleasesItsSpace() {
    // Given
    read("team", 20);

    // When
    var snapshot = read("team", 26, 26, 26);

    // Then
    assertThat(snapshot.unusable()).hasSize(3);
    assertThat(read("team", 20).documents()).hasSize(1);
  }

  private Snapshot read(String namespace, int... mebibytes) {
    return DocumentCollector.read(
        limits.of(namespace),
        intake -> {
          for (var i = 0; i < mebibytes.length; i++) {
            intake.take(
                i + ".md",
                FileType.MARKDOWN,
                new ByteArrayInputStream("a".repeat(mebibytes[i] * MIB).getBytes(UTF_8)));
          }
        });
  }
}
