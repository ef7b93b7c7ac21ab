package ai.okchat.operator.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** T23: passes for which nobody waits do not take the last thread. */
class SeatsTest {
  private final Seats seats = new Seats(1);
  private final List<String> requeued = new ArrayList<>();

  @Test
  void a_pass_takes_one_seat_however_often_it_asks() {
    // Given
    var seat = seatOf("a");

    // Then
    assertThat(seat.take()).isTrue();
    assertThat(seat.take()).isTrue();
    assertThat(seatOf("b").take()).isFalse();
  }

  @Test
  void the_end_of_a_pass_frees_its_seat_once() {
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
  void a_pass_that_never_took_one_gives_none_back() {
    // When
    seatOf("a").close();

    // Then
    assertThat(seatOf("a").take()).isTrue();
    assertThat(seatOf("a").take()).isFalse();
  }

  @Test
  @DisplayName("T68: a freed seat requeues the longest-waiting object, once")
  void requeuesTheLongestWaitingObjectWhenASeatIsFreed() {
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
  @DisplayName("T68: an object that needs no seat any more passes the free one on")
  void requeuesTheNextObjectWhenTheFreeSeatIsNotTaken() {
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

  private Seats.Seat seatOf(String uid) {
    return seats.forOnePass(uid, () -> requeued.add(uid));
  }
}
