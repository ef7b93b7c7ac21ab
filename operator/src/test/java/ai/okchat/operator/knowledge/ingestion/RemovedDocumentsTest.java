package ai.okchat.operator.knowledge.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.planning.document.DocumentTitle;
import ai.okchat.planning.document.ListedDocument;
import ai.okchat.planning.document.SourceTag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Removals that the backend accepted, until its list stops showing the documents. */
class RemovedDocumentsTest {

  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

  private static final DocumentTitle TITLE =
      new DocumentTitle("hours", SourceTag.of("team", "docs"), "0123abcd", "md");

  private final RemovedDocuments removed = new RemovedDocuments();

  @Test
  void hidesARemovedDocumentThatTheListStillShows() {
    // Given
    removed.accepted("a", NOW);

    // When
    var shown = removed.without(list("a", "b"), NOW.plusSeconds(59));

    // Then
    assertThat(shown).isEqualTo(list("b"));
    assertThat(removed.takeConfirmed()).isZero();
  }

  @Test
  void showsTheDocumentAgainWhenTheListShowsItForAMinute() {
    // Given
    removed.accepted("a", NOW);

    // When
    var shown = removed.without(list("a"), NOW.plusSeconds(60));

    // Then
    assertThat(shown).isEqualTo(list("a"));
  }

  @Test
  void waitsTwiceAsLongAfterEachFurtherRemoval() {
    // Given
    removed.accepted("a", NOW);

    // When
    var waits =
        Stream.iterate(1, attempt -> attempt <= 8, attempt -> attempt + 1)
            .map(
                attempt -> {
                  removed.accepted("a", NOW);
                  return longestWait("a");
                })
            .toList();

    // Then
    assertThat(waits).containsExactly(2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
  }

  @Test
  void confirmsARemovalOnceTheListDoesNotShowIt() {
    // Given
    removed.accepted("a", NOW);
    removed.accepted("b", NOW);

    // When
    var shown = removed.without(list("b"), NOW.plusSeconds(1));

    // Then
    assertThat(shown).isEmpty();
    assertThat(Stream.generate(removed::takeConfirmed).limit(2)).containsExactly(1, 0);
  }

  @Test
  void forgetsAConfirmedRemoval() {
    // Given
    removed.accepted("a", NOW);
    removed.without(list(), NOW.plusSeconds(1));

    // When: another document gets the ID.
    var shown = removed.without(list("a"), NOW.plusSeconds(2));

    // Then
    assertThat(shown).isEqualTo(list("a"));
    assertThat(removed.poll(NOW)).isEmpty();
  }

  @Test
  void readsTheListAgainSoonestForTheNewestRemoval() {
    // Given
    removed.accepted("a", NOW.minusSeconds(40));
    removed.accepted("b", NOW);

    // When
    var polls = List.of(removed.poll(NOW), removed.poll(NOW.plusSeconds(10)));

    // Then
    assertThat(polls)
        .containsExactly(Optional.of(Duration.ofSeconds(1)), Optional.of(Duration.ofSeconds(5)));
  }

  /** In minutes. */
  private long longestWait(String id) {
    return Stream.iterate(1L, minutes -> minutes + 1)
        .filter(
            minutes -> !removed.without(list(id), NOW.plus(Duration.ofMinutes(minutes))).isEmpty())
        .findFirst()
        .orElseThrow();
  }

  private static List<ListedDocument> list(String... ids) {
    return Stream.of(ids).map(RemovedDocumentsTest::listed).toList();
  }

  private static ListedDocument listed(String id) {
    return new ListedDocument(id, TITLE, NOW, null);
  }
}
