package ai.okchat.operator.backend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** T23: passes for which nobody waits do not take the last thread. */
class SeatsTest {
  private final Seats seats = new Seats(1);

  @Test
  void a_pass_takes_one_seat_however_often_it_asks() {
    // Given
    var seat = seats.forOnePass();

    // Then
    assertThat(seat.take()).isTrue();
    assertThat(seat.take()).isTrue();
    assertThat(seats.forOnePass().take()).isFalse();
  }

  @Test
  void the_end_of_a_pass_frees_its_seat_once() {
    // Given
    var seat = seats.forOnePass();
    seat.take();

    // When
    seat.close();
    seat.close();

    // Then
    assertThat(seats.forOnePass().take()).isTrue();
    assertThat(seats.forOnePass().take()).isFalse();
  }

  @Test
  void a_pass_that_never_took_one_gives_none_back() {
    // When
    seats.forOnePass().close();

    // Then
    assertThat(seats.forOnePass().take()).isTrue();
    assertThat(seats.forOnePass().take()).isFalse();
  }
}
