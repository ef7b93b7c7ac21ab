package ai.okchat.operator.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.processing.retry.RetryExecution;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** T19, T21: the curve of the one layer that retries. */
class BackoffRetryTest {

  @ParameterizedTest
  @CsvSource({
    "1, 1000",
    "2, 2000",
    "3, 4000",
    "4, 8000",
    "8, 128000",
    "9, 256000",
    "10, 300000",
    "11, 300000",
    "1000, 300000",
    "100000, 300000"
  })
  void t19DoublesDelayUpToFiveMinutesWithJitter(int attempt, double nominalMillis) {
    // Given
    var execution = new BackoffRetry().initExecution();
    delays(execution, attempt - 1);

    // When
    var delay = execution.nextDelay().orElseThrow();

    // Then
    assertThat((double) delay).isBetween(nominalMillis * 0.8, nominalMillis * 1.2);
  }

  @Test
  void t21RetriesForever() {
    // Given
    var execution = new BackoffRetry().initExecution();

    // When
    var delays = delays(execution, 10_000);

    // Then
    assertThat(delays).allMatch(Optional::isPresent);
    assertThat(execution.isLastAttempt()).isFalse();
    assertThat(execution.getAttemptCount()).isEqualTo(10_000);
  }

  @Test
  void outageOfAnHourCausesFewAttempts() {
    // Given
    var execution = new BackoffRetry().initExecution();
    var hour = 3_600_000L;

    // When
    var attempts = 0;
    for (var waited = 0L; waited < hour; attempts++) {
      waited += execution.nextDelay().orElseThrow();
    }

    // Then
    assertThat(attempts).isBetween(17, 26);
  }

  @Test
  void spreadsRetriesOfObjectsThatFailedTogether() {
    // Given
    var executions =
        Stream.generate(() -> new BackoffRetry().initExecution()).limit(1_000).toList();

    // When
    var delays = executions.stream().map(RetryExecution::nextDelay).distinct().count();

    // Then
    assertThat(delays).isGreaterThan(200);
  }

  @Test
  void eachObjectHasItsOwnBackoff() {
    // Given
    var retry = new BackoffRetry();
    delays(retry.initExecution(), 10);

    // When
    var first = retry.initExecution().nextDelay().orElseThrow();

    // Then
    assertThat(first).isBetween(800L, 1200L);
  }

  private static List<Optional<Long>> delays(RetryExecution execution, int count) {
    return IntStream.range(0, count).mapToObj(_ -> execution.nextDelay()).toList();
  }
}
