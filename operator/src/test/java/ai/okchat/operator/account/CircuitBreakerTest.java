package ai.okchat.operator.account;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.client.FailureKind;
import ai.okchat.client.OkChatException;
import ai.okchat.operator.account.CircuitBreaker.Admission;
import ai.okchat.operator.testing.MovingClock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

final class CircuitBreakerTest {

  private final MovingClock time = new MovingClock();
  private final CircuitBreaker circuit = new CircuitBreaker(time);

  @ParameterizedTest
  @EnumSource(names = {"UNAVAILABLE", "UNEXPECTED_RESPONSE"})
  @DisplayName("T20: calls to a backend that does not work stop after five in a row")
  void opensAfterFiveFailures(FailureKind kind) {
    // Given
    fails(kind, CircuitBreaker.TOLERATED - 1);
    assertThat(circuit.isOpen()).isFalse();

    // When
    var changed = circuit.failed(Admission.REQUEST, failure(kind));

    // Then
    assertThat(changed).isTrue();
    assertThat(circuit.isOpen()).isTrue();
    assertThat(circuit.admit()).isEqualTo(Admission.REFUSED);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"UNAVAILABLE", "UNEXPECTED_RESPONSE"})
  void staysClosedForErrorResponses(FailureKind kind) {
    // When
    fails(kind, 100);

    // Then
    assertThat(circuit.isOpen()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"UNAVAILABLE", "UNEXPECTED_RESPONSE"})
  @DisplayName("T60: failures of single documents and lists that cannot be read do not count")
  void staysClosedForFailuresThatConcernTheirSubjectOnly(FailureKind kind) {
    // When
    for (var i = 0; i < 100; i++) {
      circuit.failed(Admission.REQUEST, confined(kind));
    }

    // Then
    assertThat(circuit.isOpen()).isFalse();
  }

  @Test
  void resetsCountAfterAnyResponse() {
    // Given
    fails(FailureKind.UNAVAILABLE, CircuitBreaker.TOLERATED - 1);

    // When
    circuit.answered();
    fails(FailureKind.UNAVAILABLE, CircuitBreaker.TOLERATED - 1);

    // Then
    assertThat(circuit.isOpen()).isFalse();
  }

  @Test
  @DisplayName("T75: it half-opens by time, for one request")
  void letsOneRequestThroughAfterHalfAMinute() {
    // Given
    fails(FailureKind.UNAVAILABLE, CircuitBreaker.TOLERATED);
    time.pass(CircuitBreaker.FIRST_WAIT.minusNanos(1));
    var before = circuit.admit();

    // When
    time.pass(CircuitBreaker.FIRST_WAIT);
    var admitted = List.of(circuit.admit(), circuit.admit());

    // Then
    assertThat(before).isEqualTo(Admission.REFUSED);
    assertThat(admitted).containsExactly(Admission.PROBE, Admission.REFUSED);
    assertThat(circuit.isOpen()).isTrue();
  }

  @Test
  @DisplayName("T75: the success of that request closes it")
  void closesWhenTheProbeSucceeds() {
    // Given
    fails(FailureKind.UNAVAILABLE, CircuitBreaker.TOLERATED);
    time.pass(CircuitBreaker.FIRST_WAIT);
    circuit.admit();

    // When
    var closed = circuit.answered();

    // Then
    assertThat(closed).isTrue();
    assertThat(circuit.isOpen()).isFalse();
    assertThat(circuit.admit()).isEqualTo(Admission.REQUEST);
  }

  @Test
  @DisplayName("T75: each failed probe doubles the pause, up to five minutes")
  void doublesThePauseUpToFiveMinutes() {
    // Given
    fails(FailureKind.UNAVAILABLE, CircuitBreaker.TOLERATED);

    // When
    var pauses = Stream.generate(this::secondsUntilProbe).limit(6).toList();

    // Then
    assertThat(pauses).containsExactly(30L, 60L, 120L, 240L, 300L, 300L);
  }

  @Test
  void allowsNextProbeWhenAProbeIsInconclusive() {
    // Given
    fails(FailureKind.UNAVAILABLE, CircuitBreaker.TOLERATED);
    time.pass(CircuitBreaker.FIRST_WAIT);

    // When
    circuit.failed(circuit.admit(), confined(FailureKind.UNAVAILABLE));
    var second = circuit.admit();
    circuit.abandoned(second);

    // Then
    assertThat(second).isEqualTo(Admission.PROBE);
    assertThat(circuit.admit()).isEqualTo(Admission.PROBE);
  }

  @Test
  void requestSentBeforeOpeningDoesNotProlongThePause() {
    // Given
    fails(FailureKind.UNAVAILABLE, CircuitBreaker.TOLERATED);
    time.passSeconds(20);

    // When
    circuit.failed(Admission.REQUEST, failure(FailureKind.UNAVAILABLE));
    time.passSeconds(10);

    // Then
    assertThat(circuit.admit()).isEqualTo(Admission.PROBE);
  }

  @Test
  void goodListAllowsOneMoreFailure() {
    // Given
    fails(FailureKind.UNAVAILABLE, 100);

    // When
    var objectsWait = circuit.listed();

    // Then
    assertThat(objectsWait).isTrue();
    assertThat(circuit.isOpen()).isFalse();
    fails(FailureKind.UNAVAILABLE, 1);
    assertThat(circuit.isOpen()).isTrue();
  }

  @Test
  void goodListsDoNotCloseItWhileRequestsFail() {
    // Given
    fails(FailureKind.UNAVAILABLE, CircuitBreaker.TOLERATED);
    circuit.listed();
    fails(FailureKind.UNAVAILABLE, 1);

    // When
    time.pass(CircuitBreaker.FIRST_WAIT);
    var soon = circuit.listed();
    time.pass(CircuitBreaker.FIRST_WAIT);
    var later = circuit.listed();

    // Then
    assertThat(List.of(soon, later)).containsExactly(false, true);
  }

  @Test
  @DisplayName("T22: the next good list triggers objects whose key was rejected, once")
  void triggersRejectedCredentialsAfterAGoodList() {
    // Given
    fails(FailureKind.CREDENTIALS_REJECTED, 1);

    // Then
    assertThat(circuit.listed()).isTrue();
    assertThat(circuit.listed()).isFalse();
  }

  @Test
  @DisplayName(
      "T76: objects whose key is rejected again and again are triggered less and less often")
  void triggersLessOftenAfterRepeatedRejections() {
    // When: each triggered object sends at once, and lists succeed each second.
    var told =
        Stream.iterate(0L, second -> second + 1)
            .limit(600)
            .filter(
                _ -> {
                  fails(FailureKind.CREDENTIALS_REJECTED, 1);
                  time.passSeconds(1);
                  return circuit.listed();
                })
            .toList();

    // Then
    assertThat(told).containsExactly(0L, 2L, 6L, 14L, 30L, 62L, 126L, 254L, 510L);
  }

  @Test
  @DisplayName("T76: no object is triggered when no key is rejected any longer")
  void triggersNothingWhenNoKeyIsRejected() {
    // Given
    fails(FailureKind.CREDENTIALS_REJECTED, 1);
    time.passSeconds(60);
    circuit.listed();

    // When
    time.passSeconds(3600);

    // Then
    assertThat(circuit.listed()).isFalse();
  }

  @Test
  @DisplayName("T22: a rejection after a recovery triggers at the next good list")
  void triggersSoonAfterARecovery() {
    // Given: two rejections in a row, then a recovery.
    fails(FailureKind.CREDENTIALS_REJECTED, 1);
    circuit.listed();
    time.passSeconds(1);
    fails(FailureKind.CREDENTIALS_REJECTED, 1);
    time.passSeconds(1);
    circuit.listed();
    time.passSeconds(5);
    circuit.listed();

    // When
    fails(FailureKind.CREDENTIALS_REJECTED, 1);
    time.passSeconds(1);

    // Then
    assertThat(circuit.listed()).isTrue();
  }

  @Test
  @DisplayName("T22: an object whose status was late is triggered by a second good list")
  void triggersAgainWhenTheFirstListWasEarly() {
    // Given
    fails(FailureKind.CREDENTIALS_REJECTED, 1);
    time.passSeconds(1);
    circuit.listed();
    time.passSeconds(5);

    // Then
    assertThat(circuit.listed()).isTrue();
    time.passSeconds(5);
    assertThat(circuit.listed()).isFalse();
  }

  private long secondsUntilProbe() {
    var from = time.instant();
    var admission = circuit.admit();
    while (admission == Admission.REFUSED) {
      time.passSeconds(1);
      admission = circuit.admit();
    }
    circuit.failed(admission, failure(FailureKind.UNAVAILABLE));
    return time.instant().getEpochSecond() - from.getEpochSecond();
  }

  private void fails(FailureKind kind, int times) {
    for (var i = 0; i < times; i++) {
      circuit.failed(Admission.REQUEST, failure(kind));
    }
  }

  private static OkChatException failure(FailureKind kind) {
    return OkChatException.failure(kind, "update chatbot", "backend").build();
  }

  private static OkChatException confined(FailureKind kind) {
    return OkChatException.failure(kind, "upload knowledge files", "backend")
        .confined(true)
        .build();
  }
}
