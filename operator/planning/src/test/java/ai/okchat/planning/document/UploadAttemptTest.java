package ai.okchat.planning.document;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.planning.document.UploadAttempt.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** T38, T40: how long the record of an upload delays the next upload of the document. */
class UploadAttemptTest {

  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "UNCERTAIN, 0, PT59S, true",
    "UNCERTAIN, 0, PT60S, false",
    "UNCERTAIN, 5, PT59S, true",
    "UNCERTAIN, 5, PT60S, false",
    "ACKNOWLEDGED, 0, PT1H59M59S, true",
    "ACKNOWLEDGED, 0, PT2H, false",
    "REPLACED, 0, PT4S, true",
    "REPLACED, 0, PT5S, false",
    "REJECTED, 0, PT0S, false",
    "REMOVED, 1, PT59S, true",
    "REMOVED, 1, PT60S, false",
    "REMOVED, 2, PT119S, true",
    "REMOVED, 2, PT120S, false",
    "REMOVED, 6, PT31M59S, true",
    "REMOVED, 6, PT32M, false",
    "REMOVED, 7, PT59M59S, true",
    "REMOVED, 7, PT1H, false",
    "REMOVED, 2147483647, PT59M59S, true",
    "REMOVED, 2147483647, PT1H, false"
  })
  void isAwaitedUntilTheTimeoutOfTheOutcome(
      Outcome outcome, int attempts, Duration age, boolean awaited) {
    // Given
    var attempt = new UploadAttempt(outcome, NOW.minus(age), "", attempts);

    // When
    var isAwaited = attempt.isAwaited(NOW);

    // Then
    assertThat(isAwaited).isEqualTo(awaited);
  }

  @ParameterizedTest
  @CsvSource({
    "REJECTED, 0, true",
    "UNCERTAIN, 0, false",
    "UNCERTAIN, 4, false",
    "UNCERTAIN, 5, true",
    "UNCERTAIN, 6, true",
    "UNCERTAIN, -1, false",
    "ACKNOWLEDGED, 5, false",
    "REPLACED, 5, false",
    "REMOVED, 5, false"
  })
  void failsWhenRejectedOrAfterFiveAttemptsWithoutResponse(
      Outcome outcome, int attempts, boolean failed) {
    // Given
    var attempt = new UploadAttempt(outcome, NOW, "", attempts);

    // When
    var isFailed = attempt.isFailed();

    // Then
    assertThat(isFailed).isEqualTo(failed);
  }

  @ParameterizedTest
  @CsvSource({
    "REJECTED, 0, PT24H",
    "REJECTED, 9, PT24H",
    "UNCERTAIN, 5, PT2M",
    "UNCERTAIN, 6, PT4M",
    "UNCERTAIN, 9, PT32M",
    "UNCERTAIN, 10, PT1H",
    "UNCERTAIN, 11, PT1H",
    "UNCERTAIN, 1000, PT1H",
    "UNCERTAIN, 2147483647, PT1H"
  })
  void retriesFailedDocumentWithGrowingBackoffUpToOneHour(
      Outcome outcome, int attempts, Duration backoff) {
    // Given
    var attempt = new UploadAttempt(outcome, NOW, "", attempts);

    // When
    var retryAt = attempt.retryAt();

    // Then
    assertThat(retryAt).isEqualTo(NOW.plus(backoff));
  }

  @Test
  void staysFailedUntilTheSecondBeforeItsRetry() {
    // Given
    var rejected = UploadAttempt.rejected(NOW, "The backend rejected the document.");
    var oneDay = Duration.ofDays(1);

    // When
    var stillFailed =
        List.of(
            rejected.isFailedStill(NOW),
            rejected.isFailedStill(NOW.plus(oneDay).minusSeconds(1)),
            rejected.isFailedStill(NOW.plus(oneDay)),
            UploadAttempt.of(Outcome.ACKNOWLEDGED, NOW).isFailedStill(NOW));

    // Then
    assertThat(stillFailed).containsExactly(true, true, false, false);
  }

  @ParameterizedTest
  @CsvSource({"PT0S, false", "PT15M, false", "PT15M1S, true", "-PT1H, false"})
  void isLateMoreThanFifteenMinutesAfterTheUpload(Duration age, boolean late) {
    // Given
    var attempt = UploadAttempt.of(Outcome.ACKNOWLEDGED, NOW.minus(age));

    // When
    var isLate = attempt.isLate(NOW);

    // Then
    assertThat(isLate).isEqualTo(late);
  }

  @ParameterizedTest
  @CsvSource({
    "ACKNOWLEDGED, PT0S, PT1S",
    "ACKNOWLEDGED, PT2S, PT1S",
    "ACKNOWLEDGED, PT3S, PT1.5S",
    "ACKNOWLEDGED, PT119S, PT59.5S",
    "ACKNOWLEDGED, PT2M, PT60S",
    "ACKNOWLEDGED, PT1H, PT60S",
    "ACKNOWLEDGED, PT1H59M30S, PT30S",
    "ACKNOWLEDGED, PT1H59M59.5S, PT1S",
    "ACKNOWLEDGED, PT3H, PT1S",
    "UNCERTAIN, PT20S, PT10S",
    "UNCERTAIN, PT45S, PT15S",
    "REPLACED, PT3S, PT1.5S",
    "REPLACED, PT4S, PT1S"
  })
  void pollsAfterHalfTheAgeButNotBeyondTheTimeout(Outcome outcome, Duration age, Duration poll) {
    // Given
    var attempt = UploadAttempt.of(outcome, NOW.minus(age));

    // When
    var next = attempt.poll(NOW);

    // Then
    assertThat(next).isEqualTo(poll);
  }

  @ParameterizedTest
  @CsvSource({"-PT1S", "-PT1H", "-P36500D"})
  void pollsAfterOneSecondWhenTheClockWasAhead(Duration age) {
    // Given
    var attempt = UploadAttempt.of(Outcome.ACKNOWLEDGED, NOW.minus(age));

    // When
    var next = attempt.poll(NOW);

    // Then
    assertThat(next).isEqualTo(Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "199, 199", "200, 200", "201, 200", "100000, 200"})
  void cutsMessageToTwoHundredCharacters(int length, int kept) {
    // Given
    var message = "x".repeat(length);

    // When
    var attempt = UploadAttempt.rejected(NOW, message);

    // Then
    assertThat(attempt)
        .isEqualTo(new UploadAttempt(Outcome.REJECTED, NOW, message.substring(0, kept), 0));
  }
}
