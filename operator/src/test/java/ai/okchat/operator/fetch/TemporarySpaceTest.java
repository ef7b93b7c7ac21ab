package ai.okchat.operator.fetch;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.okchat.operator.fetch.TemporarySpace.FullException;
import ai.okchat.operator.fetch.TemporarySpace.Share;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The bytes that sources may have in the temporary folder. */
class TemporarySpaceTest {

  private static final long MIB = 1024 * 1024;

  private final TemporarySpace space = new TemporarySpace(160 * MIB);
  private final Share noisy = space.of("noisy").share();
  private final Share quiet = space.of("quiet").share();

  @Test
  void oneNamespaceCannotUseTheLastFifth() throws FullException {
    // Given
    noisy.take(120 * MIB);

    // When, Then
    assertThatExceptionOfType(FullException.class)
        .isThrownBy(() -> noisy.take(1))
        .withMessage(
            "The temporary folder of the operator has no room for the source: TMP_SIZE_LIMIT is 160"
                + " MiB, and the sources of one namespace may use 120 MiB of it. Make the source"
                + " smaller, or raise the limit.");
    assertThatCode(() -> quiet.take(30 * MIB)).doesNotThrowAnyException();
  }

  @Test
  @DisplayName("T70: the sources of all namespaces stay below the size of the temporary folder")
  void allNamespacesTogetherStayBelowTheSizeOfTheFolder() throws FullException {
    // Given
    noisy.take(100 * MIB);
    quiet.take(50 * MIB);

    // When, Then
    assertThatExceptionOfType(FullException.class)
        .isThrownBy(() -> quiet.take(1))
        .withMessageContaining(
            "TMP_SIZE_LIMIT is 160 MiB, and all sources together may use 150 MiB of it.");
  }

  @Test
  void allocatesReleasedBytesAgain() throws FullException {
    // Given
    noisy.take(120 * MIB);
    noisy.giveBack(20 * MIB);

    // When, Then
    assertThatCode(() -> space.of("noisy").share().take(20 * MIB)).doesNotThrowAnyException();
  }

  @Test
  void closedShareReleasesItsBytes() throws FullException {
    // Given
    noisy.take(70 * MIB);
    noisy.take(50 * MIB);

    // When
    noisy.close();
    noisy.close();

    // Then
    assertThatCode(() -> space.of("noisy").share().take(120 * MIB)).doesNotThrowAnyException();
    assertThatCode(() -> quiet.take(30 * MIB)).doesNotThrowAnyException();
    assertThatExceptionOfType(FullException.class).isThrownBy(() -> quiet.take(1));
  }

  @Test
  void allocatesNothingWhenBytesDoNotFit() throws FullException {
    // Given
    assertThatExceptionOfType(FullException.class).isThrownBy(() -> noisy.take(121 * MIB));

    // When, Then
    assertThatCode(() -> noisy.take(120 * MIB)).doesNotThrowAnyException();
  }
}
