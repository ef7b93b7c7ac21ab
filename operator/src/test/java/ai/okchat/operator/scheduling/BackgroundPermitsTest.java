package ai.okchat.operator.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
    var backgroundPermit = permitOf("a");

    // Then
    assertThat(backgroundPermit.tryAcquire()).isTrue();
    assertThat(backgroundPermit.tryAcquire()).isTrue();
    assertThat(permitOf("b").tryAcquire()).isFalse();
  }

  @Test
  void releasesPermitOnceAtTheEndOfAReconciliation() {
    // Given
    var backgroundPermit = permitOf("a");
    backgroundPermit.tryAcquire();

    // When
    backgroundPermit.close();
    backgroundPermit.close();

    // Then
    assertThat(permitOf("a").tryAcquire()).isTrue();
    assertThat(permitOf("a").tryAcquire()).isFalse();
  }

  @Test
  void releasesNothingWhenNoPermitWasTaken() {
    // When
    permitOf("a").close();

    // Then
    assertThat(permitOf("a").tryAcquire()).isTrue();
    assertThat(permitOf("a").tryAcquire()).isFalse();
  }

  @Test
  @DisplayName("T68: a released permit requeues the longest-waiting object, once")
  void requeuesLongestWaitingObjectWhenPermitIsReleased() {
    // Given
    var first = permitOf("a");
    first.tryAcquire();
    Stream.of("b", "c", "b").forEach(uid -> permitOf(uid).tryAcquire());

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
    var first = permitOf("a");
    first.tryAcquire();
    Stream.of("b", "c").forEach(uid -> permitOf(uid).tryAcquire());
    first.close();

    // When
    permitOf("b").close();

    // Then
    assertThat(requeued).containsExactly("b", "c");
    assertThat(permitOf("c").tryAcquire()).isTrue();
  }

  @Test
  @DisplayName("T61: reconciliations of one namespace leave memory for those of another")
  void limitsMemoryOfAllReconciliations() {
    // Given
    var small = new BackgroundPermits(3, 10);
    var first = small.permitFor("team", "a", () -> {});
    var second = small.permitFor("team", "b", () -> {});
    var other = small.permitFor("other", "c", () -> {});

    // When, Then
    assertThat(first.reserve(6)).isFalse();
    assertThat(first.reserve(3)).isTrue();
    assertThatExceptionOfType(NoPermitException.class).isThrownBy(() -> second.reserve(3));
    assertThat(other.reserve(5)).isTrue();
    first.close();
    assertThat(second.reserve(5)).isTrue();
    second.release(2);
    assertThat(first.reserve(2)).isTrue();
  }

  private BackgroundPermits.Permit permitOf(String uid) {
    return seats.permitFor("team", uid, () -> requeued.add(uid));
  }
}
