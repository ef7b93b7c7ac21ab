package ai.okchat.operator.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** T23: people before the background, and the background never for nothing. */
class TurnOrderTest {
  private final TurnOrder<String> order = new TurnOrder<>();

  @Test
  void people_go_before_who_came_earlier_from_the_background() {
    // Given
    order.join(Lane.BACKGROUND, "upload 1");
    order.join(Lane.BACKGROUND, "upload 2");
    order.join(Lane.PEOPLE, "edit 1");
    order.join(Lane.PEOPLE, "edit 2");

    // Then
    assertThat(drain()).containsExactly("edit 1", "edit 2", "upload 1", "upload 2");
  }

  @Test
  void after_four_people_in_a_row_one_of_the_background_goes() {
    // Given
    for (var number = 1; number <= 9; number++) {
      order.join(Lane.PEOPLE, "edit " + number);
    }
    order.join(Lane.BACKGROUND, "upload 1");
    order.join(Lane.BACKGROUND, "upload 2");

    // Then
    assertThat(drain())
        .containsExactly(
            "edit 1",
            "edit 2",
            "edit 3",
            "edit 4",
            "upload 1",
            "edit 5",
            "edit 6",
            "edit 7",
            "edit 8",
            "upload 2",
            "edit 9");
  }

  @Test
  void people_who_did_not_have_to_wait_count_as_well() {
    // Given
    for (var went = 0; went < TurnOrder.PEOPLE_IN_A_ROW; went++) {
      order.note(Lane.PEOPLE);
    }
    order.join(Lane.PEOPLE, "edit");
    order.join(Lane.BACKGROUND, "upload");

    // Then
    assertThat(drain()).containsExactly("upload", "edit");
  }

  @Test
  void what_many_wait_for_is_the_next_of_its_lane() {
    // Given
    order.join(Lane.BACKGROUND, "upload");
    order.joinFirst(Lane.BACKGROUND, "list");
    order.join(Lane.PEOPLE, "edit");

    // Then
    assertThat(drain()).containsExactly("edit", "list", "upload");
  }

  @Test
  void who_leaves_is_not_waited_for() {
    // Given
    order.join(Lane.PEOPLE, "edit");
    order.join(Lane.BACKGROUND, "upload");

    // When
    order.leave(Lane.PEOPLE, "edit");

    // Then
    assertThat(order.waiting(Lane.PEOPLE)).isZero();
    assertThat(drain()).containsExactly("upload");
    assertThat(order.isEmpty()).isTrue();
    assertThat(order.next()).isNull();
  }

  @Property
  void everybody_goes_once_in_the_order_of_the_lane_and_nobody_is_passed_over_too_often(
      @ForAll @Size(max = 200) List<Lane> arrivals) {
    var fresh = new TurnOrder<Integer>();
    for (var number = 0; number < arrivals.size(); number++) {
      fresh.join(arrivals.get(number), number);
    }

    var gone = drain(fresh);

    assertThat(gone).hasSameSizeAs(arrivals).doesNotHaveDuplicates();
    for (var lane : Lane.values()) {
      assertThat(gone.stream().filter(it -> arrivals.get(it) == lane)).isSorted();
    }
    var peopleInARow = 0;
    for (var position = 0; position < gone.size(); position++) {
      var isPerson = arrivals.get(gone.get(position)) == Lane.PEOPLE;
      peopleInARow = isPerson ? peopleInARow + 1 : 0;
      var later = gone.subList(position, gone.size());
      if (later.stream().anyMatch(it -> arrivals.get(it) == Lane.BACKGROUND)) {
        assertThat(peopleInARow).isLessThanOrEqualTo(TurnOrder.PEOPLE_IN_A_ROW);
      }
    }
  }

  private List<String> drain() {
    return drain(order);
  }

  private static <W> List<W> drain(TurnOrder<W> order) {
    var gone = new ArrayList<W>();
    while (!order.isEmpty()) {
      gone.add(Objects.requireNonNull(order.next()));
      order.go();
    }
    return gone;
  }
}
