package ai.okchat.operator.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import ai.okchat.api.v1alpha1.DocumentState;
import ai.okchat.api.v1alpha1.DocumentStatus;
import ai.okchat.operator.knowledge.ingestion.Progress;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import ai.okchat.planning.document.Omissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The first reason why a source is not Ready. */
class ReadinessBlockerTest {

  private static final RetrievalResult NOT_PASSED =
      new RetrievalResult.Failed("No answer names the price.");

  private static final DocumentStatus ACCEPTED = document("hours", DocumentState.ACCEPTED, null);
  private static final DocumentStatus PENDING = document("prices", DocumentState.PENDING, null);
  private static final DocumentStatus FAILED =
      document("terms", DocumentState.FAILED, "It is empty.");

  /** Each row has every obstacle of the rows after it, so the order is tested as well. */
  static Stream<Arguments> obstacles() {
    return Stream.of(
        argumentSet(
            "list",
            new Progress("bot", "", List.of(), 3, false, true, true, Duration.ofSeconds(1)),
            Reason.UnsupportedListFormat),
        argumentSet(
            "no document",
            new Progress("bot", "", List.of(), 3, true, true, true, Duration.ofSeconds(1)),
            Reason.NoDocuments),
        argumentSet(
            "late document",
            progress(List.of(FAILED, PENDING), 3, true, Duration.ofSeconds(1)),
            Reason.IndexingDelayed),
        argumentSet(
            "pending document",
            progress(List.of(FAILED, PENDING), 3, false, Duration.ofSeconds(1)),
            Reason.Ingesting),
        argumentSet(
            "removal under way",
            progress(List.of(FAILED, ACCEPTED), 3, false, Duration.ofSeconds(1)),
            Reason.Ingesting),
        argumentSet(
            "limit of prune",
            progress(List.of(FAILED, ACCEPTED), 3, false, Duration.ZERO),
            Reason.PruneLimitExceeded),
        argumentSet(
            "failed document",
            progress(List.of(FAILED, ACCEPTED), 0, false, Duration.ZERO),
            Reason.DocumentsFailed),
        argumentSet(
            "retrieval check",
            progress(List.of(ACCEPTED), 0, false, Duration.ZERO),
            Reason.RetrievalCheckFailed));
  }

  @ParameterizedTest
  @MethodSource("obstacles")
  void reportsTheFirstObstacleOfTheOrder(Progress progress, Reason expected) {
    // When
    var obstacle = ReadinessBlocker.of(progress, NOT_PASSED);

    // Then
    assertThat(obstacle.map(Failure::reason)).contains(expected);
  }

  @Test
  void reportsNothingWhenAllDocumentsAreListedAndChecksPass() {
    // Given
    var progress = progress(List.of(ACCEPTED), 0, false, Duration.ZERO);

    // When
    var obstacles =
        Stream.of(new RetrievalResult.NoChecks(), new RetrievalResult.Passed())
            .map(retrieval -> ReadinessBlocker.of(progress, retrieval))
            .toList();

    // Then
    assertThat(obstacles).containsExactly(Optional.empty(), Optional.empty());
  }

  @Test
  void waitsForChecksThatWereNotAsked() {
    // Given
    var progress = progress(List.of(ACCEPTED), 0, false, Duration.ZERO);

    // When
    var obstacle = ReadinessBlocker.of(progress, new RetrievalResult.ChecksPending());

    // Then
    assertThat(obstacle)
        .contains(
            Failure.waiting(
                Reason.ChecksPending,
                "The operator runs the retrieval checks when the backend lists all documents.",
                Duration.ofMinutes(10)));
  }

  @Test
  void namesTheFirstFailedDocumentAndTheWayOut() {
    // Given
    var progress = progress(List.of(FAILED, ACCEPTED), 0, false, Duration.ZERO);

    // When
    var obstacle = ReadinessBlocker.of(progress, new RetrievalResult.ChecksPending());

    // Then
    assertThat(obstacle)
        .contains(
            Failure.stalled(
                Reason.DocumentsFailed,
                "1 of 2 documents cannot be ingested as they are; the first is terms: It is empty."
                    + " Change or exclude them; status.documents has the others."));
  }

  @Test
  @DisplayName("crawl_delay: a source that is read in parts says why, and is not stalled")
  void namesThePauseOfASiteBeforeFailedDocuments() {
    // Given
    var rows = List.of(FAILED, document("next", DocumentState.PENDING, null));
    var omissions = new Omissions(List.of("next"), "The site asks for pauses. Wait.", "");

    // When
    var obstacle = ReadinessBlocker.ofDocuments(progress(rows, omissions));

    // Then
    assertThat(obstacle)
        .contains(
            Failure.waiting(
                Reason.Ingesting,
                "The site asks for pauses. Wait. status.progress has the progress.",
                Duration.ofMinutes(10)));
  }

  @Test
  @DisplayName("sitemap_other_host: a source without documents says where its links lead")
  void namesLinksThatAreNotReadIfThereIsNoDocument() {
    // Given
    var omissions = new Omissions(List.of(), "", "2 links lead to www.example.com. List them.");

    // When
    var obstacle = ReadinessBlocker.ofDocuments(progress(List.of(), omissions));

    // Then
    assertThat(obstacle)
        .contains(
            Failure.stalled(
                Reason.NoDocuments,
                "The source has no document. Check its address, include and exclude. 2 links lead"
                    + " to www.example.com. List them."));
  }

  private static Progress progress(List<DocumentStatus> rows, Omissions omissions) {
    return new Progress("bot", "", rows, 0, true, false, false, Duration.ZERO, omissions, 0);
  }

  private static Progress progress(
      List<DocumentStatus> documents, int overLimit, boolean late, Duration requeueAfter) {
    return new Progress("bot", "", documents, overLimit, true, late, true, requeueAfter);
  }

  private static DocumentStatus document(
      String name, DocumentState state, @Nullable String message) {
    return new DocumentStatus(name, null, null, state, message);
  }
}
