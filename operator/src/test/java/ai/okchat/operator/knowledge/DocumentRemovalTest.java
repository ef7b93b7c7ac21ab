package ai.okchat.operator.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.client.FailureKind;
import ai.okchat.client.OkChatException;
import ai.okchat.operator.knowledge.DocumentRemoval.Verdict;
import ai.okchat.operator.knowledge.ingestion.UploadTracker;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.MovingClock;
import ai.okchat.planning.document.UploadAttempt;
import ai.okchat.planning.document.UploadAttempt.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The removal of the documents of {@code team/docs}, whose tag is {@code 22e634}. */
class DocumentRemovalTest {

  private static final String HOURS = "hours.22e634.0123abcd.md";
  private static final String PRICES = "prices.22e634.4567cdef.md";
  private static final String OF_ANOTHER_SOURCE = "hours.5afe16.0123abcd.md";
  private static final String IN_DASHBOARD = "hours.md";
  private static final String KEY = "0123456789abcdef";

  private static final Verdict NOT_LISTED =
      new Verdict.Wait(
          Failure.waiting(
              Reason.Deleting,
              "The backend does not list the bot. The operator reads another list before it"
                  + " considers the documents deleted.",
              SourceScene.POLL));

  @AutoClose private final SourceScene scene = new SourceScene();
  private final DocumentRemoval removal = scene.removal();
  private KnowledgeSource source = new KnowledgeSource();

  @BeforeEach
  void delete() {
    source = scene.deleted("");
  }

  @Test
  @DisplayName("T12: documents of another source and of the dashboard stay in the bot")
  void removesItsOwnDocumentsAndNoOthers() {
    // Given
    scene.upload(HOURS);
    scene.upload(PRICES);
    scene.upload(OF_ANOTHER_SOURCE);
    scene.upload(IN_DASHBOARD);

    // When
    var verdicts = List.of(advance(), advance());

    // Then
    assertThat(verdicts).containsExactly(removing(Duration.ofMillis(50)), new Verdict.Release(2));
    assertThat(scene.titles(scene.botId)).containsExactly(OF_ANOTHER_SOURCE, IN_DASHBOARD);
  }

  @Test
  void releasesASourceWithoutDocuments() {
    // When
    var verdict = advance();

    // Then
    assertThat(verdict).isEqualTo(new Verdict.Release(0));
    assertThat(scene.backend.endpoints()).containsExactly("list-knowledge");
  }

  @Test
  @DisplayName("T74: an accepted removal that the list still shows is sent again after a minute")
  void sendsNoSecondRequestForAMinute() {
    // Given
    scene.upload(HOURS);
    scene.backend.fault(
        "delete-knowledge", "status", Map.of("status", 200, "body", "{\"message\": \"ok\"}"));

    // When
    var first = advance();
    scene.clock.passSeconds(20);
    var soon = advance();
    scene.clock.passSeconds(39);
    var last = advance();
    var requests = scene.backend.count("delete-knowledge");
    scene.clock.passSeconds(1);
    var again = advance();

    // Then
    assertThat(List.of(first, soon, last, again))
        .containsExactly(
            removing(Duration.ofMillis(50)),
            removing(Duration.ofSeconds(10)),
            removing(Duration.ofSeconds(1)),
            removing(Duration.ofMillis(50)));
    assertThat(List.of(requests, scene.backend.count("delete-knowledge"))).containsExactly(1L, 2L);
  }

  @ParameterizedTest
  @CsvSource({
    "list-knowledge, 401, CREDENTIALS_REJECTED",
    "list-knowledge, 500, UNAVAILABLE",
    "delete-knowledge, 403, CREDENTIALS_REJECTED",
    "delete-knowledge, 503, UNAVAILABLE"
  })
  @DisplayName("T10: a request without a conclusive response fails the deletion")
  void failsWithoutAConclusiveResponse(String endpoint, int status, FailureKind kind) {
    // Given
    scene.upload(HOURS);
    scene.backend.fault(endpoint, "status", Map.of("status", status));

    // When
    var failure = assertThatExceptionOfType(OkChatException.class).isThrownBy(this::advance);

    // Then
    failure.matches(e -> e.kind() == kind);
    assertThat(scene.titles(scene.botId)).containsExactly(HOURS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"placeholder", "without-ids", "placeholder-with-documents"})
  @DisplayName("B4: an unsupported list format blocks the deletion, and nothing is removed")
  void removesNothingWhenTheListFormatIsUnsupported(String shape) {
    // Given
    scene.upload(HOURS);
    scene.backend.flip("knowledgeListShape", shape);

    // When
    var verdict = advance();

    // Then
    assertThat(verdict)
        .isEqualTo(
            new Verdict.Wait(
                Failure.waiting(
                    Reason.UnsupportedListFormat,
                    "The format of the backend's list of documents is not supported, so the"
                        + " operator cannot remove documents.",
                    Duration.ofMinutes(1))));
    assertThat(scene.backend.endpoints()).containsExactly("list-knowledge");
  }

  @ParameterizedTest
  @CsvSource({"ACKNOWLEDGED, PT10M", "UNCERTAIN, PT1M", "REPLACED, PT5S"})
  @DisplayName("T39: an uploaded document that no list shows delays the deletion")
  void waitsForDocumentsThatWereSent(Outcome outcome, Duration wait) {
    // Given
    remember(Map.of(KEY, UploadAttempt.of(outcome, MovingClock.START)));

    // When
    scene.clock.pass(wait.minusMillis(1_500));
    var before = advance();
    scene.clock.pass(Duration.ofMillis(1_500));
    var after = advance();

    // Then
    assertThat(List.of(before, after))
        .containsExactly(awaiting(Duration.ofMillis(1_500)), new Verdict.Release(0));
  }

  @Test
  void waitsForTheLatestOfAllDocuments() {
    // Given
    remember(
        Map.of(
            KEY,
            UploadAttempt.of(Outcome.UNCERTAIN, MovingClock.START),
            "fedcba9876543210",
            UploadAttempt.of(Outcome.ACKNOWLEDGED, MovingClock.START),
            "0000000000000000",
            UploadAttempt.rejected(MovingClock.START, "It is empty.")));

    // When
    scene.clock.passSeconds(59);
    var both = advance();
    scene.clock.passSeconds(540);
    var last = advance();

    // Then
    assertThat(List.of(both, last))
        .containsExactly(awaiting(Duration.ofSeconds(2)), awaiting(Duration.ofSeconds(1)));
  }

  @Test
  void removesADocumentThatIsListedLate() {
    // Given
    remember(Map.of(KEY, UploadAttempt.of(Outcome.ACKNOWLEDGED, MovingClock.START)));
    var before = advance();
    scene.upload(HOURS);

    // When
    var verdict = advance();

    // Then
    assertThat(List.of(before, verdict))
        .containsExactly(awaiting(Duration.ofSeconds(2)), removing(Duration.ofMillis(50)));
    assertThat(scene.titles(scene.botId)).isEmpty();
  }

  @Test
  void waitsForDocumentsThatAnEarlierProcessSent() {
    // Given
    saveLedger(scene.botId);
    scene.clock.passSeconds(590);

    // When
    var before = advance();
    scene.clock.passSeconds(10);
    var after = advance();

    // Then
    assertThat(List.of(before, after))
        .containsExactly(awaiting(Duration.ofSeconds(2)), new Verdict.Release(0));
  }

  @Test
  void waitsForNoDocumentsThatWereSentToAnotherBot() {
    // Given
    saveLedger("another-bot");
    scene.tracker.begin(uid(), memory("another-bot", Map.of()));

    // When
    var verdict = advance();

    // Then
    assertThat(verdict).isEqualTo(new Verdict.Release(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-03-01T08:00:00Z", "2026-03-01T09:00:00Z", "2999-01-01T00:00:00Z"})
  @DisplayName("T54: a batch counts as begun before the deletion, whatever the clock was")
  void waitsAMinuteForABatchOfAnEarlierProcess(Instant startedAt) {
    // Given
    announce(startedAt);

    // When
    scene.clock.passSeconds(59);
    var before = advance();
    scene.clock.passSeconds(1);
    var after = advance();

    // Then
    assertThat(List.of(before, after))
        .containsExactly(awaiting(Duration.ofSeconds(1)), new Verdict.Release(0));
  }

  @Test
  void waitsForABatchOfAnEarlierProcessAndItsLedger() {
    // Given
    announce(MovingClock.START);
    saveLedger(scene.botId);
    scene.clock.passSeconds(60);

    // When
    var verdict = advance();

    // Then
    assertThat(verdict).isEqualTo(awaiting(Duration.ofSeconds(2)));
  }

  @Test
  void waitsForNoBatchWhoseOutcomesAreKnown() {
    // Given
    announce(MovingClock.START);
    saveLedger(scene.botId);
    remember(Map.of());

    // When
    var verdict = advance();

    // Then
    assertThat(verdict).isEqualTo(new Verdict.Release(0));
  }

  @Test
  @DisplayName("T56: a bot that this operator deleted completes the deletion")
  void needsNoListForABotThatTheOperatorDeleted() {
    // Given
    scene.backend.deleteInDashboard(scene.botId);
    scene.connection().account().inventory().remove(scene.botId);

    // When
    var verdict = advance();

    // Then
    assertThat(verdict).isEqualTo(new Verdict.Release(0));
    assertThat(scene.backend.count("list-chatbots")).isZero();
  }

  @Test
  @DisplayName("T56: a bot that two lists lack completes the deletion")
  void completesWhenTwoListsLackTheBot() {
    // Given
    scene.createBot("other");
    scene.backend.deleteInDashboard(scene.botId);

    // When
    var first = advance();
    scene.clock.pass(SourceScene.POLL.minusSeconds(1));
    var soon = advance();
    scene.clock.passSeconds(1);
    var later = advance();

    // Then
    assertThat(List.of(first, soon, later))
        .containsExactly(NOT_LISTED, NOT_LISTED, new Verdict.Release(0));
  }

  @Test
  void waitsForABotThatListsShow() {
    // Given
    scene.backend.fault(
        "list-knowledge", "status", Map.of("status", 404, "body", "{\"error\": \"Not found\"}"));
    advance();
    scene.clock.pass(Duration.ofDays(1));

    // When
    var verdict = advance();

    // Then
    assertThat(verdict).isEqualTo(NOT_LISTED);
  }

  @Test
  @DisplayName("T53: lists of another account prove nothing about the bot")
  void waitsForTheAccountOfTheBot() {
    // Given
    scene.createBot("other");
    scene.backend.deleteInDashboard(scene.botId);
    var bot = scene.bot(scene.botId, "another-organization");
    removal.advance(source, bot);
    scene.clock.pass(Duration.ofDays(1));

    // When
    var verdict = removal.advance(source, bot);

    // Then
    assertThat(verdict).isEqualTo(NOT_LISTED);
  }

  @Test
  @DisplayName("T53: an empty account completes no deletion")
  void blocksWhenTheAccountIsEmpty() {
    // Given
    scene.backend.deleteInDashboard(scene.botId);
    advance();
    scene.clock.pass(Duration.ofDays(1));

    // When
    var verdict = advance();

    // Then
    assertThat(verdict)
        .isEqualTo(
            new Verdict.Wait(
                Failure.stalled(
                    Reason.AccountChanged,
                    "The account lists no bot, so it may be another account than the one with the"
                        + " bot %s.".formatted(scene.botId))));
  }

  @Test
  void failsWhenTheBotsCannotBeListed() {
    // Given
    scene.backend.deleteInDashboard(scene.botId);
    scene.backend.fault("list-chatbots", "status", Map.of("status", 401));

    // When
    var failure = assertThatExceptionOfType(OkChatException.class).isThrownBy(this::advance);

    // Then
    failure.matches(e -> e.kind() == FailureKind.CREDENTIALS_REJECTED);
  }

  private Verdict advance() {
    return removal.advance(source, scene.bot());
  }

  private String uid() {
    return source.getMetadata().getUid();
  }

  private void announce(Instant startedAt) {
    source = scene.annotate("okchat.ai/claim", uid() + "@" + startedAt);
  }

  /** This process sent these documents. */
  private void remember(Map<String, UploadAttempt> attempts) {
    scene.tracker.begin(uid(), memory(scene.botId, attempts));
  }

  /** An earlier process sent a document at the start. */
  private void saveLedger(String botId) {
    var accepted = UploadAttempt.of(Outcome.ACKNOWLEDGED, MovingClock.START);
    scene.ledger.save(source, memory(botId, Map.of()), Map.of(KEY, accepted));
  }

  private static UploadTracker.Memory memory(String botId, Map<String, UploadAttempt> attempts) {
    return UploadTracker.Memory.of(botId, attempts, Optional.empty());
  }

  private static Verdict removing(Duration recheck) {
    return new Verdict.Wait(
        Failure.waiting(
            Reason.Deleting,
            "The operator removes the documents of this source from the bot.",
            recheck));
  }

  private static Verdict awaiting(Duration recheck) {
    return new Verdict.Wait(
        Failure.waiting(
            Reason.Deleting,
            "The backend does not list all uploaded documents yet. The operator removes them when"
                + " it does.",
            recheck));
  }
}
