package ai.okchat.operator.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** T23: background reconciliations do not take the last thread. */
class BackgroundPermitsTest {
  private final BackgroundPermits seats = new BackgroundPermits(1);
  private final List<String> requeued = new ArrayList<>();

  @Test
  void reconciliationTakesOnePermitAtMost() {
    // Given
    var seat = seatOf("a");

    // Then
    assertThat(seat.take()).isTrue();
    assertThat(seat.take()).isTrue();
    assertThat(seatOf("b").take()).isFalse();
  }

  @Test
  void releasesPermitOnceAtTheEndOfAReconciliation() {
    // Given
    var seat = seatOf("a");
    seat.take();

    // When
    seat.close();
    seat.close();

    // Then
    assertThat(seatOf("a").take()).isTrue();
    assertThat(seatOf("a").take()).isFalse();
  }

  @Test
  void releasesNothingWhenNoPermitWasTaken() {
    // When
    seatOf("a").close();

    // Then
    assertThat(seatOf("a").take()).isTrue();
    assertThat(seatOf("a").take()).isFalse();
  }

  @Test
  @DisplayName("T68: a released permit requeues the longest-waiting object, once")
  void requeuesLongestWaitingObjectWhenPermitIsReleased() {
    // Given
    var first = seatOf("a");
    first.take();
    Stream.of("b", "c", "b").forEach(uid -> seatOf(uid).take());

    // When
    var before = List.copyOf(requeued);
    first.close();

    // Then
    assertThat(before).isEmpty();
    assertThat(requeued).containsExactly("b");
  }

  @Test
  @DisplayName("T68: an object that no longer needs a permit requeues the next waiting object")
  void requeuesNextObjectWhenFreePermitIsNotTaken() {
    // Given
    var first = seatOf("a");
    first.take();
    Stream.of("b", "c").forEach(uid -> seatOf(uid).take());
    first.close();

    // When
    seatOf("b").close();

    // Then
    assertThat(requeued).containsExactly("b", "c");
    assertThat(seatOf("c").take()).isTrue();
  }

  private BackgroundPermits.Permit seatOf(String uid) {
    return seats.permitFor(uid, () -> requeued.add(uid));
  }
}
