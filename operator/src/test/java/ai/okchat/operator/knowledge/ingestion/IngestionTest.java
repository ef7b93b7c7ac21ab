package ai.okchat.operator.knowledge.ingestion;

import static ai.okchat.operator.knowledge.ingestion.SourceManifest.annotated;
import static ai.okchat.operator.knowledge.ingestion.SourceManifest.withStatus;
import static ai.okchat.operator.knowledge.ingestion.TestDocuments.TAG;
import static ai.okchat.operator.knowledge.ingestion.TestDocuments.document;
import static ai.okchat.operator.knowledge.ingestion.TestDocuments.documents;
import static ai.okchat.operator.knowledge.ingestion.TestDocuments.withoutBytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.okchat.api.v1alpha1.DocumentCounts;
import ai.okchat.api.v1alpha1.DocumentState;
import ai.okchat.api.v1alpha1.DocumentStatus;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.client.FailureKind;
import ai.okchat.client.OkChatException;
import ai.okchat.operator.backend.BackendFinalizer;
import ai.okchat.operator.knowledge.ingestion.Ingestion.Wanted;
import ai.okchat.operator.kubernetes.ServerSideApply;
import ai.okchat.operator.lifecycle.ClaimAnnotation;
import ai.okchat.operator.testing.MovingClock;
import ai.okchat.planning.document.Document;
import ai.okchat.planning.document.FileType;
import ai.okchat.planning.document.Omissions;
import ai.okchat.planning.document.RejectedFile;
import ai.okchat.planning.document.SourceFile;
import ai.okchat.planning.document.SourceTag;
import ai.okchat.planning.document.Titles;
import ai.okchat.planning.document.UploadAttempt;
import ai.okchat.planning.document.UploadAttempt.Outcome;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches of one source: requests to both servers, and the progress that they lead to. */
class IngestionTest {

  private static final String UPLOAD = "upload-knowledge";
  private static final String UPDATE = "update-knowledge";
  private static final String DELETE = "delete-knowledge";
  private static final String ANNOUNCEMENT = "PATCH knowledgesources";
  private static final String LEDGER = "PATCH configmaps";
  private static final String LEDGER_READ = "GET configmaps";
  private static final Instant NOW = MovingClock.START;
  private static final Duration AT_ONCE = Duration.ofMillis(50);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final String LONG_LAG = Long.toString(Duration.ofHours(3).toMillis());

  private final MovingClock clock = new MovingClock();
  @AutoClose private final SandboxBot bot = new SandboxBot(clock);
  private UploadTracker tracker = new UploadTracker();
  private Ingestion ingestion = ingestion(Duration.ofSeconds(30));

  @Test
  void uploadsNewDocumentsAndReportsThemAsListed() {
    // When
    var progress = advance("prices=10", "hours=9");

    // Then
    assertThat(progress)
        .isEqualTo(
            progress(
                documents("hours=9", "prices=10"),
                List.of(accepted("hours=9"), accepted("prices=10")),
                true,
                Duration.ZERO));
    assertThat(bot.takeWrites()).containsExactly(UPLOAD, UPLOAD);
    assertThat(bot.takeApiRequests()).containsExactly(ANNOUNCEMENT);
  }

  @Test
  void listsAgainAfterAChangeOnly() {
    // Given
    var listed = KnowledgeListing.fetchDocuments(bot.link(), TAG);
    bot.backend().clearJournal();

    // When
    ingestion.advance(bot.source(), bot.link(), wanted("hours=9"), listed);
    var listsAfterAChange = bot.backend().count("list-knowledge");
    var listedNow = KnowledgeListing.fetchDocuments(bot.link(), TAG);
    bot.backend().clearJournal();
    ingestion.advance(bot.source(), bot.link(), wanted("hours=9"), listedNow);

    // Then
    assertThat(List.of(listsAfterAChange, bot.backend().count("list-knowledge")))
        .containsExactly(1L, 0L);
  }

  @Test
  void sendsNothingWhenEachDocumentIsListed() {
    // Given
    store("hours=9", "prices=10");

    // When
    var progress = advance("hours=9", "prices=10");

    // Then
    assertThat(progress)
        .isEqualTo(
            progress(
                documents("hours=9", "prices=10"),
                List.of(accepted("hours=9"), accepted("prices=10")),
                false,
                Duration.ZERO));
    assertThat(bot.takeWrites()).isEmpty();
    assertThat(bot.takeApiRequests()).isEmpty();
  }

  @Test
  void sendsDocumentsBeforeItRemovesOthers() {
    // Given
    store("hours=9", "prices=10");

    // When
    var progress = advance("hours=8", "contact=7");

    // Then
    assertThat(progress)
        .isEqualTo(
            progress(
                documents("hours=8", "contact=7"),
                List.of(accepted("contact=7"), accepted("hours=8")),
                true,
                Duration.ZERO));
    var writes = bot.takeWrites();
    assertThat(writes.subList(0, 2)).containsExactlyInAnyOrder(UPDATE, UPLOAD);
    assertThat(writes.subList(2, writes.size())).containsExactly(DELETE);
  }

  @ParameterizedTest
  @CsvSource({"402, QUOTA_EXCEEDED", "500, UNAVAILABLE", "404, NOT_FOUND"})
  void removesNothingWhenNoDocumentCouldBeSent(int status, FailureKind kind) {
    // Given
    store("hours=9", "prices=10");
    bot.fault(UPLOAD, "status", Map.of("status", status));

    // When
    var failure =
        catchThrowableOfType(OkChatException.class, () -> advance("hours=9", "contact=7"));

    // Then
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(bot.takeWrites()).containsExactly(UPLOAD);
  }

  @Test
  void reportsDocumentsAboveThePruneLimit() {
    // Given
    store("hours=9", "prices=10", "contact=7");

    // When
    var progress = advance("hours=9");

    // Then
    assertThat(progress)
        .isEqualTo(
            new Progress(
                bot.link().botId(),
                Progress.contentDigest(documents("hours=9")),
                List.of(accepted("hours=9")),
                2,
                true,
                false,
                false,
                Duration.ZERO));
    assertThat(bot.takeWrites()).isEmpty();
  }

  @Test
  void keepsListedVersionOfAFileThatCannotBeSent() {
    // Given
    store("faq-hours=9", "prices=10");
    var tooLarge = new RejectedFile("faq/hours.md", "The file is too large.");

    // When
    var progress = advance(bot.source(), new Wanted(documents("prices=10"), List.of(tooLarge)));

    // Then
    assertThat(progress)
        .contains(
            progress(
                documents("prices=10"),
                List.of(
                    new DocumentStatus(
                        "faq/hours.md", null, null, DocumentState.FAILED, "The file is too large."),
                    accepted("prices=10")),
                false,
                Duration.ZERO));
    assertThat(bot.takeWrites()).isEmpty();
  }

  @Test
  void announcesTheBatchBeforeItSendsDocuments() {
    // Given
    bot.rejectApiRequests(ANNOUNCEMENT);

    // When, Then
    assertThatThrownBy(() -> advance("hours=9")).isInstanceOf(KubernetesClientException.class);
    assertThat(bot.takeWrites()).isEmpty();
  }

  @Test
  void recordsTheStartOfEachBatchThatSendsDocuments() {
    // Given
    clock.pass(Duration.ofMillis(1_900));
    advance("hours=9");
    var first = bot.source();
    clock.passSeconds(60);

    // When
    advance("hours=9", "prices=10");

    // Then
    var uid = first.getMetadata().getUid();
    assertThat(List.of(ClaimAnnotation.of(first), ClaimAnnotation.of(bot.source())))
        .containsExactly(
            new ClaimAnnotation(uid, NOW.plusSeconds(1)),
            new ClaimAnnotation(uid, NOW.plusSeconds(61)));
    assertThat(KnowledgeMetadata.hasFinalizer(first)).isTrue();
  }

  @Test
  void announcesRemovalsOnlyWhenTheFinalizerIsMissing() {
    // Given
    store("hours=9", "prices=10", "contact=7");

    // When
    advance("hours=9", "prices=10");
    var withoutFinalizer = bot.takeApiRequests();
    advance("hours=9");
    var withFinalizer = bot.takeApiRequests();

    // Then
    assertThat(List.of(withoutFinalizer, withFinalizer))
        .containsExactly(List.of(ANNOUNCEMENT), List.of());
    assertThat(bot.takeWrites()).containsExactly(DELETE, DELETE);
  }

  @Test
  void needsTheBytesOfDocumentsThatItHasToSend() {
    // Given
    store("hours=9");

    // When
    var progress =
        advance(
            bot.source(), new Wanted(withoutBytes(documents("hours=9", "prices=10")), List.of()));

    // Then
    assertThat(progress).isEmpty();
    assertThat(bot.takeWrites()).isEmpty();
    assertThat(bot.takeApiRequests()).isEmpty();
  }

  @Test
  @DisplayName("crawl_delay_beyond_time: the part of a source that was read is uploaded")
  void uploadsThePartThatWasReadAndKeepsTheRest() {
    // Given
    store("hours=9", "menu=4", "unlisted=1");
    var desired = List.of(withoutBytes(documents("hours=9")).getFirst(), document("prices=10"));
    var omissions = new Omissions(List.of("menu", "contact"), "The site asks for pauses.", "");

    // When
    var progress = advance(bot.source(), new Wanted(desired, List.of(), omissions)).orElseThrow();

    // Then
    assertThat(progress.documents())
        .containsExactly(
            new DocumentStatus("contact", null, null, DocumentState.PENDING, null),
            new DocumentStatus("menu", null, null, DocumentState.PENDING, null),
            accepted("hours=9"),
            accepted("prices=10"));
    assertThat(progress.omissions()).isEqualTo(omissions);
    assertThat(progress.isSettled()).isFalse();
    assertThat(bot.takeWrites()).containsExactly(UPLOAD);
  }

  @Test
  void removesDocumentsWithoutTheBytesOfTheOthers() {
    // Given
    store("hours=9", "prices=10");

    // When
    var progress = advance(bot.source(), new Wanted(withoutBytes(documents("hours=9")), List.of()));

    // Then
    assertThat(progress)
        .contains(
            progress(documents("hours=9"), List.of(accepted("hours=9")), true, Duration.ZERO));
    assertThat(bot.takeWrites()).containsExactly(DELETE);
  }

  @Test
  void readsTheListWithBackoffUntilItShowsAnAcceptedDocument() {
    // Given
    bot.backend().flip("knowledgeLagMillis", LONG_LAG);

    // When
    var progress = new ArrayList<Progress>();
    for (var seconds : List.of(0, 10, 890, 1, 6_298)) {
      clock.passSeconds(seconds);
      progress.add(advance("hours=9"));
    }

    // Then
    assertThat(progress)
        .containsExactly(
            awaiting(false, true, SECOND),
            awaiting(false, false, Duration.ofSeconds(5)),
            awaiting(false, false, Duration.ofSeconds(60)),
            awaiting(true, false, Duration.ofSeconds(60)),
            awaiting(true, false, SECOND));
    assertThat(bot.takeWrites()).containsExactly(UPLOAD);
  }

  @Test
  void uploadsAcceptedDocumentAgainAfterTheIndexingTimeout() {
    // Given
    bot.backend().flip("knowledgeLagMillis", LONG_LAG);
    advance("hours=9");
    bot.takeWrites();

    // When
    clock.pass(Duration.ofHours(2));
    advance("hours=9");

    // Then
    assertThat(bot.takeWrites()).containsExactly(UPLOAD);
  }

  @Test
  void recordsAcceptedDocumentForAnotherProcessUntilItIsListed() {
    // Given
    bot.backend().flip("knowledgeLagMillis", 60_000);
    advance("hours=9");
    var whileAwaited = bot.ledger();
    bot.takeApiRequests();

    // When
    restart();
    var progress = advance("hours=9");
    clock.passSeconds(60);
    advance("hours=9");

    // Then
    assertThat(whileAwaited)
        .isEqualTo(
            Map.of(document("hours=9").title().key(), UploadAttempt.of(Outcome.ACKNOWLEDGED, NOW)));
    assertThat(progress).isEqualTo(awaiting(false, false, SECOND));
    assertThat(bot.takeApiRequests()).containsExactly(LEDGER_READ, "DELETE configmaps");
    assertThat(bot.ledger()).isEmpty();
    assertThat(bot.takeWrites()).containsExactly(UPLOAD);
  }

  @Test
  void keepsUncertainDocumentOutOfTheLedger() {
    // Given: the backend responds to one of two documents with an error.
    bot.fault(UPLOAD, "status", Map.of("status", 500, "times", 1));

    // When
    var progress = advance("hours=9", "prices=10");

    // Then
    assertThat(progress.counts()).isEqualTo(new DocumentCounts(2, 1, 1, 0, 0, 0));
    assertThat(progress.requeueAfter()).isEqualTo(SECOND);
    assertThat(bot.ledger()).isEmpty();
  }

  @Test
  void uploadsUncertainDocumentAgainAfterAMinute() {
    // Given
    bot.fault(UPLOAD, "status", Map.of("status", 500, "times", 1));
    advance("hours=9", "prices=10");
    bot.takeWrites();

    // When
    clock.passSeconds(59);
    var waiting = advance("hours=9", "prices=10");
    var early = bot.takeWrites();
    clock.passSeconds(1);
    var progress = advance("hours=9", "prices=10");

    // Then
    assertThat(List.of(waiting.requeueAfter(), progress.requeueAfter()))
        .containsExactly(SECOND, Duration.ZERO);
    assertThat(List.of(early, bot.takeWrites())).containsExactly(List.of(), List.of(UPLOAD));
    assertThat(progress.counts()).isEqualTo(new DocumentCounts(2, 2, 0, 0, 0, 0));
  }

  @Test
  void findsDocumentWhoseResponseWasLost() {
    // Given
    bot.fault(UPLOAD, "cut-after", Map.of("times", 1));

    // When
    var progress = advance("hours=9", "prices=10");

    // Then
    assertThat(progress)
        .isEqualTo(
            progress(
                documents("hours=9", "prices=10"),
                List.of(accepted("hours=9"), accepted("prices=10")),
                true,
                Duration.ZERO));
  }

  @Test
  void recordsFailedDocumentForAnotherProcess() {
    // Given
    bot.fault(UPLOAD, "status", Map.of("status", 422));
    var message = "The backend rejected the document with HTTP status 422.";

    // When
    var progress = advance("hours=9");
    restart();
    clock.passSeconds(60);
    var restarted = advance("hours=9");

    // Then
    assertThat(List.of(progress, restarted))
        .containsExactly(
            progress(
                documents("hours=9"), List.of(failed("hours=9", message)), true, Duration.ZERO),
            progress(
                documents("hours=9"), List.of(failed("hours=9", message)), false, Duration.ZERO));
    assertThat(bot.ledger())
        .isEqualTo(Map.of(document("hours=9").title().key(), UploadAttempt.rejected(NOW, message)));
    assertThat(bot.takeWrites()).containsExactly(UPLOAD);
  }

  @Test
  void uploadsFailedDocumentAgainWhenAUserRequestsARefresh() {
    // Given
    bot.fault(UPLOAD, "status", Map.of("status", 422, "times", 1));
    advance("hours=9");
    var requested = annotated(bot.source(), Map.of(KnowledgeMetadata.REFRESH_REQUESTED_AT, "now"));

    // When
    var progress = advance(requested, wanted("hours=9"));

    // Then
    assertThat(progress)
        .contains(
            progress(documents("hours=9"), List.of(accepted("hours=9")), true, Duration.ZERO));
  }

  @Test
  void forgetsFailedDocumentThatTheSourceNoLongerHas() {
    // Given
    store("prices=10");
    bot.fault(UPLOAD, "status", Map.of("status", 422));
    advance("hours=9", "prices=10");
    bot.takeApiRequests();

    // When
    advance("prices=10");

    // Then
    assertThat(bot.takeApiRequests()).containsExactly("DELETE configmaps");
    assertThat(bot.ledger()).isEmpty();
  }

  @Test
  void remembersAwaitedDocumentThatTheSourceHasAgain() {
    // Given
    bot.backend().flip("knowledgeLagMillis", 60_000);
    advance("hours=9");
    advance();

    // When
    clock.passSeconds(10);
    var progress = advance("hours=9");

    // Then
    assertThat(progress).isEqualTo(awaiting(false, false, Duration.ofSeconds(5)));
    assertThat(bot.takeWrites()).containsExactly(UPLOAD);
  }

  @Test
  void uploadsNothingTwiceWhenTheLedgerCannotBeWritten() {
    // Given
    bot.backend().flip("knowledgeLagMillis", 60_000);
    bot.rejectApiRequests(LEDGER);
    assertThatThrownBy(() -> advance("hours=9")).isInstanceOf(KubernetesClientException.class);

    // When
    bot.rejectApiRequests("none");
    advance("hours=9");

    // Then
    assertThat(bot.takeWrites()).containsExactly(UPLOAD);
    assertThat(bot.ledger()).containsOnlyKeys(document("hours=9").title().key());
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T07:59:01Z, PT1S",
    "2026-03-01T07:59:31Z, PT31S",
    "2026-03-01T08:00:00Z, PT1M",
    "9999-12-31T23:59:59Z, PT1M"
  })
  void waitsForDocumentsOfABatchOfAnEarlierProcess(String startedAt, Duration requeueAfter) {
    // Given
    var source = claimed("-@" + startedAt);

    // When
    var progress = advance(source, wanted("hours=9"));

    // Then
    assertThat(progress).contains(awaiting(false, false, requeueAfter));
    assertThat(bot.takeWrites()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-@2026-03-01T07:59:00Z", "-@yesterday", "-@-"})
  void uploadsAtOnceWhenNoEarlierBatchCanBeUnlisted(String claim) {
    // Given
    var source = claimed(claim);

    // When
    advance(source, wanted("hours=9"));

    // Then
    assertThat(bot.takeWrites()).containsExactly(UPLOAD);
  }

  @Test
  void uploadsAtOnceWhenTheEarlierBatchWasForAnotherBot() {
    // Given
    var source =
        withStatus(claimed("-@2026-03-01T07:59:59Z"), "{chatbotId: another-bot, conditions: []}");

    // When
    advance(source, wanted("hours=9"));

    // Then
    assertThat(bot.takeWrites()).containsExactly(UPLOAD);
  }

  @Test
  void uploadsAtOnceWhenThisProcessSentTheEarlierBatchToAnotherBot() {
    // Given
    var source = claimed("-@2026-03-01T07:59:59Z");
    tracker.begin(
        source.getMetadata().getUid(),
        UploadTracker.Memory.of("another-bot", Map.of(), Optional.empty()));

    // When
    advance(source, wanted("hours=9"));

    // Then
    assertThat(bot.takeWrites()).containsExactly(UPLOAD);
  }

  @ParameterizedTest
  @CsvSource({
    "'', false",
    "'observedGeneration: -1', false",
    "'observedGeneration: 1', true",
    "'{observedGeneration: -1, conditions: [{type: Ready, status: \"True\"}]}', true"
  })
  void readsTheLedgerUnlessTheStatusWasNeverWritten(String status, boolean reads) {
    // Given
    var source = bot.source();
    if (!status.isEmpty()) {
      withStatus(source, status);
    }

    // When
    advance(source, wanted("hours=9"));

    // Then
    assertThat(bot.takeApiRequests())
        .isEqualTo(reads ? List.of(LEDGER_READ, ANNOUNCEMENT) : List.of(ANNOUNCEMENT));
  }

  @Test
  void readsTheLedgerOnceForASourceWithAFinalizer() {
    // Given
    var source = held();

    // When
    advance(source, wanted("hours=9"));
    advance(source, wanted("hours=9", "prices=10"));

    // Then
    assertThat(bot.takeApiRequests()).containsExactly(LEDGER_READ, ANNOUNCEMENT, ANNOUNCEMENT);
  }

  @Test
  void doesNotReadTheLedgerWhenEachDocumentIsListed() {
    // Given
    store("hours=9");

    // When
    advance(held(), wanted("hours=9"));

    // Then
    assertThat(bot.takeApiRequests()).isEmpty();
  }

  @Test
  void uploadsNewVersionWhenTheListKeepsTheOldTitleOfAReplacement() {
    // Given
    bot.backend().flip("patchChangesTitle", false);
    store("hours=9");

    // When
    var writes = new ArrayList<List<String>>();
    var rechecks = new ArrayList<Duration>();
    for (var millis : List.of(0, 4_999, 1, 0)) {
      clock.pass(Duration.ofMillis(millis));
      rechecks.add(advance("hours=8").requeueAfter());
      writes.add(bot.takeWrites());
    }

    // Then
    assertThat(writes)
        .containsExactly(List.of(UPDATE), List.of(), List.of(UPLOAD), List.of(DELETE));
    assertThat(rechecks).containsExactly(SECOND, SECOND, AT_ONCE, Duration.ZERO);
    assertThat(bot.titles()).containsExactly(document("hours=8").title().text());
    assertThat(tracker.replacesInPlace(bot.link().botId())).isFalse();
  }

  @Test
  void uploadsDocumentThatDisappearedBeforeItsReplacement() {
    // Given
    store("hours=9");
    var listed = KnowledgeListing.fetchDocuments(bot.link(), TAG);
    bot.lose(document("hours=9"));

    // When
    var first = ingestion.advance(bot.source(), bot.link(), wanted("hours=8"), listed);
    var second = advance("hours=8");

    // Then
    assertThat(first)
        .contains(progress(documents("hours=8"), List.of(pending("hours=8")), true, AT_ONCE));
    assertThat(second)
        .isEqualTo(
            progress(documents("hours=8"), List.of(accepted("hours=8")), true, Duration.ZERO));
    assertThat(bot.takeWrites()).containsExactly(UPDATE, UPLOAD);
  }

  @Test
  void hidesRemovedDocumentForAMinuteWhileTheListShowsIt() {
    // Given
    store("hours=9", "prices=10");
    bot.fault(DELETE, "status", Map.of("status", 200, "body", "{}"));

    // When
    var progress = new ArrayList<Progress>();
    for (var seconds : List.of(0, 10, 50)) {
      clock.passSeconds(seconds);
      progress.add(advance("hours=9"));
    }

    // Then
    assertThat(progress)
        .containsExactly(
            progress(documents("hours=9"), List.of(accepted("hours=9")), true, SECOND),
            progress(
                documents("hours=9"), List.of(accepted("hours=9")), false, Duration.ofSeconds(5)),
            progress(documents("hours=9"), List.of(accepted("hours=9")), true, SECOND));
    assertThat(bot.takeWrites()).containsExactly(DELETE, DELETE);
  }

  @Test
  void probesAnUnknownBotWithOneDocumentAndWithoutAWrite() {
    // Given
    tracker.setUnknown(bot.link().botId(), true);
    bot.fault(UPLOAD, "status", Map.of("status", 404));

    // When
    var failure =
        catchThrowableOfType(
            OkChatException.class, () -> advance(held(), wanted("hours=9", "prices=10", "c=3")));

    // Then
    assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
    assertThat(bot.takeWrites()).containsExactly(UPLOAD);
    assertThat(bot.takeApiRequests()).containsExactly(LEDGER_READ);
  }

  @Test
  void continuesWithTheOthersWhenTheBackendKnowsTheBotAgain() {
    // Given
    tracker.setUnknown(bot.link().botId(), true);

    // When
    var progress = advance(held(), wanted("hours=9", "prices=10", "contact=7")).orElseThrow();

    // Then
    assertThat(progress.counts()).isEqualTo(new DocumentCounts(3, 3, 0, 0, 0, 0));
    assertThat(bot.takeApiRequests()).containsExactly(LEDGER_READ, ANNOUNCEMENT);
    assertThat(tracker.isUnknown(bot.link().botId())).isFalse();
  }

  @Test
  void announcesBeforeItProbesWhenTheFinalizerIsMissing() {
    // Given
    tracker.setUnknown(bot.link().botId(), true);
    bot.rejectApiRequests(ANNOUNCEMENT);

    // When, Then
    assertThatThrownBy(() -> advance("hours=9")).isInstanceOf(KubernetesClientException.class);
    assertThat(bot.takeWrites()).isEmpty();
  }

  @Test
  void continuesAtOnceWhenTheTimeOfTheBatchIsOver() {
    // Given
    store("prices=10", "contact=7");
    ingestion = ingestion(Duration.ZERO);

    // When
    var progress = advance("hours=9", "prices=10");

    // Then
    assertThat(progress)
        .isEqualTo(
            progress(
                documents("hours=9", "prices=10"),
                List.of(pending("hours=9"), accepted("prices=10")),
                true,
                AT_ONCE));
    assertThat(bot.takeWrites()).isEmpty();
  }

  @Test
  void keepsDocumentsOfOtherSourcesOfTheBot() {
    // Given
    store("hours=9", "prices=10");
    var content = new SourceFile("contact.md", FileType.MARKDOWN, TestDocuments.content("7"));
    var other = Titles.assign(SourceTag.of("team", "other"), List.of(content)).getFirst();
    bot.store(other);

    // When
    advance("hours=9");

    // Then
    assertThat(bot.titles())
        .containsExactly(other.title().text(), document("hours=9").title().text());
  }

  private Progress advance(String... desired) {
    return advance(bot.source(), wanted(desired)).orElseThrow();
  }

  private Optional<Progress> advance(KnowledgeSource source, Wanted wanted) {
    var listed = KnowledgeListing.fetchDocuments(bot.link(), TAG);
    return ingestion.advance(source, bot.link(), wanted, listed);
  }

  private static Wanted wanted(String... desired) {
    return new Wanted(documents(desired), List.of());
  }

  private void store(String... stored) {
    documents(stored).forEach(bot::store);
  }

  private KnowledgeSource claimed(String claim) {
    return annotated(bot.source(), Map.of(ClaimAnnotation.KEY, claim));
  }

  /** The source with the finalizer. */
  private KnowledgeSource held() {
    var source = bot.source();
    source.addFinalizer(BackendFinalizer.FINALIZER);
    return source;
  }

  private void restart() {
    tracker = new UploadTracker();
    ingestion = ingestion(Duration.ofSeconds(30));
  }

  private Ingestion ingestion(Duration batch) {
    var kubernetes = bot.kubernetes().client();
    var writes = new ServerSideApply(kubernetes);
    return new Ingestion(
        new KnowledgeMetadata(writes),
        tracker,
        new Ledger(kubernetes, writes, 1_000, clock),
        new BatchExecutor(clock, batch),
        clock);
  }

  /** Progress of the one document {@code hours=9} that the list does not show yet. */
  private Progress awaiting(boolean late, boolean changed, Duration requeueAfter) {
    return new Progress(
        bot.link().botId(),
        Progress.contentDigest(documents("hours=9")),
        List.of(pending("hours=9")),
        0,
        true,
        late,
        changed,
        requeueAfter);
  }

  private Progress progress(
      List<Document> desired, List<DocumentStatus> rows, boolean changed, Duration requeueAfter) {
    return new Progress(
        bot.link().botId(),
        Progress.contentDigest(desired),
        rows,
        0,
        true,
        false,
        changed,
        requeueAfter);
  }

  private DocumentStatus accepted(String written) {
    return row(written, bot.id(document(written)), DocumentState.ACCEPTED, null);
  }

  private static DocumentStatus pending(String written) {
    return row(written, null, DocumentState.PENDING, null);
  }

  private static DocumentStatus failed(String written, String message) {
    return row(written, null, DocumentState.FAILED, message);
  }

  private static DocumentStatus row(
      String written, @Nullable String id, DocumentState state, @Nullable String message) {
    var document = document(written);
    return new DocumentStatus(document.name(), document.digest(), id, state, message);
  }
}
