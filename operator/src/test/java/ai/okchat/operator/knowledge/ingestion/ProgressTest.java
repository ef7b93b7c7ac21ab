package ai.okchat.operator.knowledge.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.DocumentCounts;
import ai.okchat.api.v1alpha1.DocumentState;
import ai.okchat.api.v1alpha1.DocumentStatus;
import ai.okchat.planning.document.Content;
import ai.okchat.planning.document.Document;
import ai.okchat.planning.document.FileType;
import ai.okchat.planning.document.IngestionPlan;
import ai.okchat.planning.document.ListedDocument;
import ai.okchat.planning.document.Omissions;
import ai.okchat.planning.document.PrunePlan;
import ai.okchat.planning.document.RejectedFile;
import ai.okchat.planning.document.SourceFile;
import ai.okchat.planning.document.SourceTag;
import ai.okchat.planning.document.Titles;
import ai.okchat.planning.document.UploadAttempt;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Progress of the documents of a source, from a plan and from its rejected files. */
class ProgressTest {

  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private static final SourceTag TAG = SourceTag.of("team", "docs");

  @Test
  void listsFailuresFirstAndEachGroupByName() {
    // Given
    var accepted = new LinkedHashMap<Document, ListedDocument>();
    accepted.put(document("z"), listed("z", "indexed"));
    accepted.put(document("b"), listed("b", null));
    accepted.put(document("broken"), listed("broken", "ERROR"));
    var plan =
        new IngestionPlan(
            accepted,
            List.of(document("y")),
            List.of(),
            new PrunePlan(List.of(), List.of(), 0),
            List.of(document("c")),
            Map.of(document("rejected"), UploadAttempt.rejected(NOW, "Too long.")));

    // When
    var documents =
        Progress.documents(
            plan, List.of(new RejectedFile("archive.zip", "Not a type.")), Omissions.NONE);

    // Then
    assertThat(documents)
        .containsExactly(
            new DocumentStatus("archive.zip", null, null, DocumentState.FAILED, "Not a type."),
            status("broken", "id-broken", DocumentState.FAILED, "The backend could not index it."),
            status("rejected", null, DocumentState.FAILED, "Too long."),
            status("c", null, DocumentState.PENDING, null),
            status("y", null, DocumentState.PENDING, null),
            status("b", "id-b", DocumentState.ACCEPTED, null),
            status("z", "id-z", DocumentState.ACCEPTED, null));
  }

  @Test
  void countsDocumentsByState() {
    // Given
    var progress =
        progress(
            List.of(
                status("a", null, DocumentState.FAILED, "Empty."),
                status("b", null, DocumentState.PENDING, null),
                status("c", null, DocumentState.PENDING, null),
                status("d", "id-d", DocumentState.ACCEPTED, null)),
            Duration.ZERO);

    // When
    var counts = progress.counts();

    // Then
    assertThat(counts).isEqualTo(new DocumentCounts(4, 1, 2, 1, 0, 0));
  }

  @ParameterizedTest
  @CsvSource({
    // state, requeueAfter in seconds: settled, ingested, sending
    "ACCEPTED,  0, true,  true,  false",
    "ACCEPTED,  5, false, false, false",
    "FAILED,    0, true,  false, false",
    "PENDING,   0, false, false, false",
    "PENDING, 0.5, false, false, true",
    "PENDING,   1, false, false, false",
  })
  void isSettledWhenNothingIsPendingOrAwaited(
      DocumentState state, double seconds, boolean settled, boolean ingested, boolean sending) {
    // Given
    var progress =
        progress(
            List.of(status("a", null, state, null)), Duration.ofMillis((long) (seconds * 1_000)));

    // When
    var is = List.of(progress.isSettled(), progress.isIngested(), progress.isSending());

    // Then
    assertThat(is).containsExactly(settled, ingested, sending);
  }

  @ParameterizedTest
  @CsvSource({
    // documents, failed, limit in percent: ingested
    "5, 1, 10, true",
    "5, 2, 10, false",
    "5, 1, 0, false",
    "30, 3, 10, true",
    "31, 4, 10, true",
    "31, 5, 10, false",
    "2, 1, 100, true",
    "2, 2, 100, false",
    "1, 1, 10, false",
    "5, 0, 0, true",
  })
  @DisplayName("dead_link_in_sitemap: failures below the limit do not block the source")
  void toleratesFailuresUpToTheLimit(int documents, int failed, int percent, boolean ingested) {
    // Given
    var rows =
        IntStream.range(0, documents)
            .mapToObj(i -> i < failed ? unavailable("d" + i) : listed("d" + i))
            .toList();

    // When
    var progress = progress(rows, percent);

    // Then
    assertThat(progress.isIngested()).isEqualTo(ingested);
  }

  @Test
  void toleratesNoDocumentThatTheBackendRejected() {
    // Given
    var rows =
        List.of(listed("a"), status("b", null, DocumentState.FAILED, "The backend rejected it."));

    // When
    var progress = progress(rows, 100);

    // Then
    assertThat(progress.isIngested()).isFalse();
  }

  @Test
  void isNotIngestedWithoutAnyDocument() {
    // Given
    var progress = progress(List.of(), Duration.ZERO);

    // When
    var is = List.of(progress.isSettled(), progress.isIngested());

    // Then
    assertThat(is).containsExactly(true, false);
  }

  @Test
  void givesTheSameContentDigestInAnyOrder() {
    // Given
    var documents = List.of(document("a"), document("b"));

    // When
    var digests =
        Stream.of(documents, documents.reversed(), List.of(document("a")))
            .map(Progress::contentDigest)
            .distinct()
            .toList();

    // Then
    assertThat(digests).hasSize(2).allMatch(digest -> digest.matches("sha256:[0-9a-f]{64}"));
  }

  private static Progress progress(List<DocumentStatus> documents, Duration requeueAfter) {
    return new Progress("bot", "", documents, 0, true, false, true, requeueAfter);
  }

  private static Progress progress(List<DocumentStatus> documents, int failedLimitPercent) {
    return new Progress(
        "bot",
        "",
        documents,
        0,
        true,
        false,
        false,
        Duration.ZERO,
        Omissions.NONE,
        failedLimitPercent);
  }

  private static DocumentStatus listed(String name) {
    return status(name, "id-" + name, DocumentState.ACCEPTED, null);
  }

  private static DocumentStatus unavailable(String name) {
    return new DocumentStatus(name, null, null, DocumentState.FAILED, "It is gone.");
  }

  private static DocumentStatus status(
      String name, @Nullable String id, DocumentState state, @Nullable String message) {
    return new DocumentStatus(name, document(name).digest(), id, state, message);
  }

  private static ListedDocument listed(String name, @Nullable String state) {
    return new ListedDocument("id-" + name, document(name).title(), NOW, state);
  }

  /** Its text is its name, so that two of them are equal where their names are. */
  private static Document document(String name) {
    var content = Content.of(name.getBytes(StandardCharsets.UTF_8));
    return Titles.assign(TAG, List.of(new SourceFile(name, FileType.MARKDOWN, content))).getFirst();
  }
}
