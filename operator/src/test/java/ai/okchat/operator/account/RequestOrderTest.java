package ai.okchat.operator.account;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.scheduling.RequestPriority;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** T23: interactive requests first, and background requests after a bounded number of them. */
class RequestOrderTest {
  private final RequestOrder<String> order = new RequestOrder<>();

  @Test
  void sendsInteractiveBeforeEarlierBackgroundRequests() {
    // Given
    order.join(RequestPriority.BACKGROUND, "upload 1");
    order.join(RequestPriority.BACKGROUND, "upload 2");
    order.join(RequestPriority.INTERACTIVE, "edit 1");
    order.join(RequestPriority.INTERACTIVE, "edit 2");

    // Then
    assertThat(drain()).containsExactly("edit 1", "edit 2", "upload 1", "upload 2");
  }

  @Test
  void sendsOneBackgroundRequestAfterFourInteractive() {
    // Given
    for (var number = 1; number <= 9; number++) {
      order.join(RequestPriority.INTERACTIVE, "edit " + number);
    }
    order.join(RequestPriority.BACKGROUND, "upload 1");
    order.join(RequestPriority.BACKGROUND, "upload 2");

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
  void countsInteractiveRequestsThatDidNotWait() {
    // Given
    for (var went = 0; went < RequestOrder.INTERACTIVE_IN_A_ROW; went++) {
      order.note(RequestPriority.INTERACTIVE);
    }
    order.join(RequestPriority.INTERACTIVE, "edit");
    order.join(RequestPriority.BACKGROUND, "upload");

    // Then
    assertThat(drain()).containsExactly("upload", "edit");
  }

  @Test
  void sendsSharedRequestFirstWithinItsPriority() {
    // Given
    order.join(RequestPriority.BACKGROUND, "upload");
    order.addFirst(RequestPriority.BACKGROUND, "list");
    order.join(RequestPriority.INTERACTIVE, "edit");

    // Then
    assertThat(drain()).containsExactly("edit", "list", "upload");
  }

  @Test
  void skipsCancelledRequest() {
    // Given
    order.join(RequestPriority.INTERACTIVE, "edit");
    order.join(RequestPriority.BACKGROUND, "upload");

    // When
    order.remove(RequestPriority.INTERACTIVE, "edit");

    // Then
    assertThat(order.waiting(RequestPriority.INTERACTIVE)).isZero();
    assertThat(drain()).containsExactly("upload");
    assertThat(order.isEmpty()).isTrue();
    assertThat(order.next()).isNull();
  }

  @Property
  void sendsEachRequestOnceInOrderOfItsPriority(
      @ForAll @Size(max = 200) List<RequestPriority> arrivals) {
    var fresh = new RequestOrder<Integer>();
    for (var number = 0; number < arrivals.size(); number++) {
      fresh.join(arrivals.get(number), number);
    }

    var gone = drain(fresh);

    assertThat(gone).hasSameSizeAs(arrivals).doesNotHaveDuplicates();
    for (var lane : RequestPriority.values()) {
      assertThat(gone.stream().filter(request -> arrivals.get(request) == lane)).isSorted();
    }
    var peopleInARow = 0;
    for (var position = 0; position < gone.size(); position++) {
      var isPerson = arrivals.get(gone.get(position)) == RequestPriority.INTERACTIVE;
      peopleInARow = isPerson ? peopleInARow + 1 : 0;
      var later = gone.subList(position, gone.size());
      if (later.stream().anyMatch(request -> arrivals.get(request) == RequestPriority.BACKGROUND)) {
        assertThat(peopleInARow).isLessThanOrEqualTo(RequestOrder.INTERACTIVE_IN_A_ROW);
      }
    }
  }

  private List<String> drain() {
    return drain(order);
  }

  private static <W> List<W> drain(RequestOrder<W> order) {
    var gone = new ArrayList<W>();
    while (!order.isEmpty()) {
      gone.add(Objects.requireNonNull(order.next()));
      order.go();
    }
    return gone;
  }
}
