package ai.okchat.operator.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.okchat.client.KnowledgeDocument;
import ai.okchat.client.OkChatException;
import ai.okchat.operator.scheduling.BackgroundPermits;
import ai.okchat.operator.scheduling.NoPermitException;
import ai.okchat.operator.testing.MovingClock;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** T61: memory of the lists of documents that are read at a time. */
class DocumentReservationTest {

  /** The heap of the chart's Pod. */
  private static final long HEAP = 225L * 1024 * 1024;

  /** The documents that a bot may have. */
  private static final int MOST_DOCUMENTS = 100_000;

  private final BackgroundPermits permits = new BackgroundPermits(8, HEAP / 4);

  @Test
  void keepsOnlyTheIdOfOtherDocuments() {
    // Given
    var own = document(1, "hours.md");
    var other = document(2, "x".repeat(100));
    var reservation = reservation("team");

    // When, Then
    assertThat(reservation.apply(own)).isSameAs(own);
    assertThat(reservation.apply(other))
        .isEqualTo(new KnowledgeDocument(other.id(), "", null, null));
  }

  @Test
  @DisplayName("T61: a source of 10,000 documents can be listed in a bot of 100,000, twice")
  void hasMemoryForLargeBots() {
    // Given
    var permit = permits.permitFor("team", "a", () -> {});

    // When, Then
    for (var list = 0; list < 2; list++) {
      var reservation =
          new DocumentReservation(document -> document.title().startsWith("own"), permit);
      IntStream.range(0, MOST_DOCUMENTS)
          .forEach(
              i -> reservation.apply(document(i, (i < 10_000 ? "own" : "other") + "-".repeat(57))));
      reservation.releaseOthers();
    }
    permit.close();
    assertThat(reservation("team").apply(document(1, "own"))).isNotNull();
  }

  @Test
  @DisplayName("T61: a list of documents that needs too much memory is rejected with the limit")
  void rejectsListAboveTheMemoryOfANamespace() {
    // Given
    var reservation = reservation("team");

    // When, Then
    assertThatExceptionOfType(OkChatException.class)
        .isThrownBy(() -> read(reservation, MOST_DOCUMENTS))
        .withMessage(
            "Tried to list knowledge at the backend but the list would need more than %d bytes,"
                + " which one namespace may use for lists of documents",
            HEAP / 8);
  }

  @Test
  @DisplayName("T61: lists of documents that are read at the same time do not fill the heap")
  void waitsForOtherLists() {
    // Given
    read(reservation("one"), 30_000);
    read(reservation("other"), 30_000);

    // When, Then
    assertThatExceptionOfType(NoPermitException.class)
        .isThrownBy(() -> read(reservation("one"), 30_000));
    assertThatExceptionOfType(NoPermitException.class)
        .isThrownBy(() -> read(reservation("third"), 30_000));
  }

  private DocumentReservation reservation(String namespace) {
    return new DocumentReservation(
        document -> !document.title().startsWith("x"),
        permits.permitFor(namespace, "uid", () -> {}));
  }

  private static void read(DocumentReservation reservation, int documents) {
    IntStream.range(0, documents).forEach(i -> reservation.apply(document(i, "-".repeat(100))));
  }

  private static KnowledgeDocument document(int number, String title) {
    return new KnowledgeDocument(
        "00000000-0000-0000-0000-%012d".formatted(number), title, MovingClock.START, "completed");
  }
}
