package ai.okchat.operator.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One repository at a time is unpacked. */
final class UnpackPermitTest {

  private final Semaphore permits = new Semaphore(1, true);

  @Test
  @DisplayName("T62: a repository that waits too long for the others is retried")
  void failsTransientlyWhenOtherRepositoriesNeedThePermit() throws InterruptedIOException {
    // Given
    var other = new UnpackPermit(permits, Duration.ZERO);
    other.acquire();
    var permit = new UnpackPermit(permits, Duration.ofMillis(1));

    // When
    var failure = assertThatExceptionOfType(SourceException.class).isThrownBy(permit::acquire);

    // Then
    failure.withMessage("The operator unpacks other repositories.");
    failure.matches(SourceException::isTransient);
    permit.close();
    assertThat(permits.availablePermits()).isZero();
  }

  @Test
  void releasesThePermitOnce() throws InterruptedIOException {
    // Given
    var permit = new UnpackPermit(permits, Duration.ZERO);
    permit.acquire();
    permit.acquire();

    // When
    permit.close();
    permit.close();

    // Then
    assertThat(permits.availablePermits()).isEqualTo(1);
  }
}
