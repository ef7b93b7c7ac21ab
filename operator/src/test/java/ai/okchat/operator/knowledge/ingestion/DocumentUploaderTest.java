package ai.okchat.operator.knowledge.ingestion;

import static ai.okchat.operator.knowledge.ingestion.TestDocuments.content;
import static ai.okchat.operator.knowledge.ingestion.TestDocuments.document;
import static ai.okchat.operator.knowledge.ingestion.TestDocuments.documents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.okchat.client.FailureKind;
import ai.okchat.client.OkChatException;
import ai.okchat.operator.account.AccountId;
import ai.okchat.operator.account.InventoryChange;
import ai.okchat.operator.account.InventoryListener;
import ai.okchat.operator.fetch.SourceException;
import ai.okchat.operator.testing.Backend;
import ai.okchat.operator.testing.MovingClock;
import ai.okchat.planning.document.Content;
import ai.okchat.planning.document.Document;
import ai.okchat.planning.document.IngestionPlan.Replacement;
import ai.okchat.planning.document.ListedDocument;
import ai.okchat.planning.document.UploadAttempt;
import ai.okchat.planning.document.UploadAttempt.Outcome;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Outcomes of single documents, and the failures that concern a whole batch. */
class DocumentUploaderTest {

  private static final String UPLOAD = "upload-knowledge";
  private static final String UPDATE = "update-knowledge";
  private static final String DELETE = "delete-knowledge";
  private static final String UID = SourceManifest.UID;
  private static final Instant NOW = MovingClock.START;
  private static final Document HOURS = document("hours=9");

  private final MovingClock clock = new MovingClock();
  @AutoClose private final SandboxBot bot = new SandboxBot(clock);
  private final UploadTracker tracker = new UploadTracker();
  private final Map<String, UploadAttempt> attempts = new ConcurrentHashMap<>();
  private final DocumentUploader uploader = uploader(bot.link());

  @Test
  void recordsAcknowledgedUpload() {
    // When
    uploader.upload(HOURS);

    // Then
    assertThat(attempts).isEqualTo(attempt(UploadAttempt.of(Outcome.ACKNOWLEDGED, NOW)));
    assertThat(bot.titles()).containsExactly(HOURS.title().text());
    assertThat(bot.backend().texts(bot.link().botId())).containsExactly("9");
  }

  @Test
  void forgetsEarlierFailuresAfterAnAcknowledgedUpload() {
    // Given
    attempts.putAll(attempt(new UploadAttempt(Outcome.UNCERTAIN, NOW, "No response.", 6)));
    clock.passSeconds(1);

    // When
    uploader.upload(HOURS);

    // Then
    assertThat(attempts)
        .isEqualTo(attempt(UploadAttempt.of(Outcome.ACKNOWLEDGED, NOW.plusSeconds(1))));
  }

  @Test
  void replacesTitleAndContentOfAListedDocument() {
    // Given
    bot.store(document("hours=8"));
    var replaced = listedAs("hours=8");

    // When
    uploader.replace(new Replacement(HOURS, replaced));

    // Then
    assertThat(attempts).isEqualTo(attempt(UploadAttempt.of(Outcome.REPLACED, NOW)));
    assertThat(bot.titles()).containsExactly(HOURS.title().text());
    assertThat(bot.id(HOURS)).isEqualTo(replaced.id());
    assertThat(bot.backend().texts(bot.link().botId())).containsExactly("9");
    assertThat(tracker.removed(UID)).isEmpty();
  }

  @Test
  void countsDocumentThatDisappearedBeforeItsReplacementAsRemoved() {
    // Given
    var before = new UploadAttempt(Outcome.UNCERTAIN, NOW.minusSeconds(90), "No response.", 2);
    attempts.putAll(attempt(before));

    // When
    uploader.replace(new Replacement(HOURS, TestDocuments.listed("gone", "hours=8", null)));

    // Then
    assertThat(attempts).isEqualTo(attempt(before));
    assertThat(tracker.removed(UID).orElseThrow().poll(NOW.plusSeconds(20)))
        .contains(Duration.ofSeconds(10));
    assertThat(tracker.isUnknown(bot.link().botId())).isFalse();
    assertThatCode(uploader::requireConclusiveResponse).doesNotThrowAnyException();
  }

  @Test
  void recordsAcceptedRemoval() {
    // Given
    bot.store(HOURS);
    var listed = listedAs("hours=9");

    // When
    uploader.remove(listed);

    // Then
    assertThat(bot.titles()).isEmpty();
    assertThat(hidden(listed)).isTrue();
  }

  @Test
  void countsMissingDocumentAsRemoved() {
    // Given
    var listed = TestDocuments.listed("gone", "hours=9", null);

    // When
    uploader.remove(listed);

    // Then
    assertThat(hidden(listed)).isTrue();
  }

  @Test
  void recordsNoRemovalThatFailed() {
    // Given
    bot.store(HOURS);
    bot.fault(DELETE, "status", Map.of("status", 503));
    var listed = listedAs("hours=9");

    // When
    var failure = failure(() -> uploader.remove(listed));

    // Then
    assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(tracker.removed(UID)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "400, '{\"error\": \"a sentence of the document\"}', ''",
    "422, '{\"error\": \"file_too_large\"}', ' and the error code file_too_large'",
    "422, '{\"code\": \"1042\", \"error\": \"no\"}', ' and the error code 1042'",
    "409, '{\"error\": \"exists\"}', ''",
    "413, 'too large', ''"
  })
  void recordsRejectionWithStatusAndErrorCode(int status, String body, String code) {
    // Given
    attempts.putAll(attempt(new UploadAttempt(Outcome.UNCERTAIN, NOW, "No response.", 4)));
    clock.passSeconds(61);
    bot.fault(UPLOAD, "status", Map.of("status", status, "body", body));

    // When
    uploader.upload(HOURS);

    // Then
    assertThat(attempts)
        .isEqualTo(
            attempt(
                UploadAttempt.rejected(
                    NOW.plusSeconds(61),
                    "The backend rejected the document with HTTP status %d%s."
                        .formatted(status, code))));
    assertThatCode(uploader::requireConclusiveResponse).doesNotThrowAnyException();
  }

  @Test
  void recordsRejectedReplacement() {
    // Given
    bot.fault(UPDATE, "status", Map.of("status", 422));

    // When
    uploader.replace(new Replacement(HOURS, TestDocuments.listed("hours=8")));

    // Then
    assertThat(attempts)
        .isEqualTo(
            attempt(
                UploadAttempt.rejected(
                    NOW, "The backend rejected the document with HTTP status 422.")));
  }

  @ParameterizedTest
  @CsvSource({
    "500, ': it responded with HTTP status 500'",
    "503, ': it responded with HTTP status 503'",
    "408, ': it responded with HTTP status 408'"
  })
  void countsAttemptsWithoutAConclusiveResponse(int status, String response) {
    // Given
    bot.fault(UPLOAD, "status", Map.of("status", status));

    // When
    uploader.upload(HOURS);
    clock.passSeconds(61);
    uploader.upload(HOURS);

    // Then
    assertThat(attempts)
        .isEqualTo(
            attempt(
                new UploadAttempt(
                    Outcome.UNCERTAIN, NOW.plusSeconds(61), unconfirmed(response), 2)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cut-before", "cut-after", "html"})
  void recordsUncertainUploadWithoutAResponseOfTheBackend(String kind) {
    // Given
    bot.fault(UPLOAD, kind, Map.of());

    // When
    uploader.upload(HOURS);

    // Then
    assertThat(attempts)
        .isEqualTo(attempt(new UploadAttempt(Outcome.UNCERTAIN, NOW, unconfirmed(""), 1)));
  }

  @Test
  void countsAttemptOfAnErrorResponseThatSentNothing() {
    // Given: a JSON 405 is an unexpected response, and proves that nothing was stored.
    var before = new UploadAttempt(Outcome.UNCERTAIN, NOW.minusSeconds(61), "No response.", 4);
    attempts.putAll(attempt(before));
    bot.fault(UPLOAD, "status", Map.of("status", 405));

    // When
    uploader.upload(HOURS);

    // Then
    assertThat(attempts)
        .isEqualTo(
            attempt(
                new UploadAttempt(
                    Outcome.UNCERTAIN,
                    NOW,
                    unconfirmed(": it responded with HTTP status 405"),
                    5)));
  }

  @Test
  void isUncertainWhileTheDocumentIsSent() {
    // Given
    var before = new UploadAttempt(Outcome.UNCERTAIN, NOW.minusSeconds(61), "No response.", 3);
    var seen = new ArrayList<Map<String, UploadAttempt>>();
    var first = observed("first", seen);
    var again = observed("again", seen);
    attempts.put(again.title().key(), before);

    // When
    uploader.upload(first);
    uploader.upload(again);

    // Then
    assertThat(seen)
        .extracting(known -> known.get(first.title().key()))
        .startsWith(UploadAttempt.of(Outcome.UNCERTAIN, NOW));
    assertThat(seen)
        .extracting(known -> known.get(again.title().key()))
        .endsWith(new UploadAttempt(Outcome.UNCERTAIN, NOW, "No response.", 3));
  }

  @ParameterizedTest
  @CsvSource({
    "401, CREDENTIALS_REJECTED",
    "403, CREDENTIALS_REJECTED",
    "402, QUOTA_EXCEEDED",
    "429, RATE_LIMITED"
  })
  void throwsFailureOfTheAccountAndKeepsTheAttemptBefore(int status, FailureKind kind) {
    // Given
    var before = new UploadAttempt(Outcome.UNCERTAIN, NOW.minusSeconds(61), "No response.", 3);
    attempts.putAll(attempt(before));
    bot.fault(UPLOAD, "status", Map.of("status", status));

    // When
    var failure = failure(() -> uploader.upload(HOURS));

    // Then
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(attempts).isEqualTo(attempt(before));
  }

  @Test
  void staysUncertainWhenAProxyThrottlesTheUpload() {
    // Given
    bot.fault(
        UPLOAD,
        "status",
        Map.of("status", 429, "body", "slow", "headers", Map.of("Content-Type", "text/plain")));

    // When
    var failure = failure(() -> uploader.upload(HOURS));

    // Then
    assertThat(failure.kind()).isEqualTo(FailureKind.RATE_LIMITED);
    assertThat(attempts).isEqualTo(attempt(UploadAttempt.of(Outcome.UNCERTAIN, NOW)));
  }

  @Test
  void throwsWhenTheBackendCannotBeReached() {
    // Given
    bot.stopBackend();

    // When
    var failure = failure(() -> uploader.upload(HOURS));

    // Then
    assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(failure.mayHaveBeenApplied()).isFalse();
    assertThat(attempts).isEmpty();
  }

  @Test
  void throwsWhenTheDocumentCannotBeRead() {
    // Given
    var unreadable =
        new Document("hours", HOURS.title(), HOURS.mediaType(), HOURS.content().withoutBytes());

    // When
    var failure = catchThrowableOfType(SourceException.class, () -> uploader.upload(unreadable));

    // Then
    assertThat(failure).hasMessage("The document hours could not be read while it was sent.");
    assertThat(failure.isTransient()).isTrue();
    assertThat(bot.titles()).isEmpty();
  }

  @Test
  void throwsAndRemembersThatTheBackendDoesNotKnowTheBot() {
    // Given
    var unknown = bot.linkTo("another-bot");

    // When
    var failure = failure(() -> uploader(unknown).upload(HOURS));

    // Then
    assertThat(failure)
        .hasMessageStartingWith("Tried to upload knowledge files at ")
        .hasMessageEndingWith(
            " but the backend returned HTTP status 404: it does not know the bot. Documents are"
                + " uploaded as soon as it does");
    assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
    assertThat(failure.status()).hasValue(404);
    assertThat(failure.mayHaveBeenApplied()).isFalse();
    assertThat(attempts).isEmpty();
    assertThat(List.of(tracker.isUnknown("another-bot"), tracker.isUnknown(bot.link().botId())))
        .containsExactly(true, false);
  }

  @Test
  @DisplayName("T73: the first 404 for an upload reads the list that tells the Chatbot")
  void readsTheListOfBotsOnceWhenTheBackendDoesNotKnowTheBot() {
    // Given
    bot.link().connection().account().inventory().refresh();
    var changedBots = new ArrayList<String>();
    bot.addListener(
        new InventoryListener() {
          @Override
          public void listed(AccountId account, InventoryChange change, boolean recovered) {
            changedBots.addAll(change.ids());
          }

          @Override
          public void failed(AccountId account) {}
        });
    bot.backend().deleteInDashboard(bot.link().botId());
    bot.backend().clearJournal();

    // When
    failure(() -> uploader.upload(HOURS));
    failure(() -> uploader.upload(document("prices=10")));

    // Then
    assertThat(changedBots).containsExactly(bot.link().botId());
    assertThat(bot.backend().count("list-chatbots")).isEqualTo(1);
    assertThat(bot.takeWrites()).containsExactly(UPLOAD, UPLOAD);
  }

  @Test
  @DisplayName("T73: a list that fails does not replace the response to the upload")
  void reportsThe404WhenTheListOfBotsFails() {
    // Given
    bot.fault("list-chatbots", "status", Map.of("status", 500));
    bot.fault(UPLOAD, "status", Map.of("status", 404));

    // When
    var failure = failure(() -> uploader.upload(HOURS));

    // Then
    assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
    assertThat(attempts).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"200, false", "422, false", "500, false", "404, true"})
  void knowsTheBotAgainAfterAnyOtherResponseToAnUpload(int status, boolean isUnknown) {
    // Given
    tracker.setUnknown(bot.link().botId(), true);
    bot.fault(UPLOAD, "status", Map.of("status", status));

    // When
    try {
      uploader.upload(HOURS);
    } catch (OkChatException e) {
      assertThat(e.kind()).isEqualTo(FailureKind.NOT_FOUND);
    }

    // Then
    assertThat(tracker.isUnknown(bot.link().botId())).isEqualTo(isUnknown);
  }

  @Test
  void completesBatchWithoutRequests() {
    // When, Then
    assertThatCode(uploader::requireConclusiveResponse).doesNotThrowAnyException();
  }

  @Test
  void failsBatchWhenItsOnlyDocumentFailsForTheFirstTime() {
    // Given
    bot.fault(UPLOAD, "status", Map.of("status", 500));
    uploader.upload(HOURS);

    // When
    var failure = failure(uploader::requireConclusiveResponse);

    // Then
    assertThat(failure.status()).hasValue(500);
  }

  @Test
  void completesBatchWhenItsOnlyDocumentHadFailedBefore() {
    // Given
    attempts.putAll(attempt(new UploadAttempt(Outcome.UNCERTAIN, NOW, "No response.", 1)));
    bot.fault(UPLOAD, "status", Map.of("status", 500));
    uploader.upload(HOURS);

    // When, Then
    assertThatCode(uploader::requireConclusiveResponse).doesNotThrowAnyException();
  }

  @Test
  void failsBatchWithTheFirstFailureWhenTwoDocumentsFailAgain() {
    // Given
    var failing = documents("a=1", "b=2");
    failing.forEach(
        document ->
            attempts.put(
                document.title().key(),
                new UploadAttempt(Outcome.UNCERTAIN, NOW, "No response.", 1)));
    bot.fault(UPLOAD, "status", Map.of("status", 503, "times", 1));
    bot.fault(UPLOAD, "status", Map.of("status", 500));
    failing.forEach(uploader::upload);

    // When
    var failure = failure(uploader::requireConclusiveResponse);

    // Then
    assertThat(failure.status()).hasValue(503);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 422})
  void completesBatchWhenAnotherDocumentGotAConclusiveResponse(int status) {
    // Given
    bot.fault(UPLOAD, "status", Map.of("status", 500, "times", 2));
    bot.fault(UPLOAD, "status", Map.of("status", status));
    documents("a=1", "b=2", "c=3").forEach(uploader::upload);

    // When, Then
    assertThatCode(uploader::requireConclusiveResponse).doesNotThrowAnyException();
  }

  @Test
  void completesBatchWhenAReplacementGotAConclusiveResponse() {
    // Given
    bot.store(document("prices=8"));
    uploader.replace(new Replacement(document("prices=9"), listedAs("prices=8")));
    bot.fault(UPLOAD, "status", Map.of("status", 500));
    uploader.upload(HOURS);

    // When, Then
    assertThatCode(uploader::requireConclusiveResponse).doesNotThrowAnyException();
  }

  @Test
  void completesBatchWhenADocumentToReplaceDoesNotExist() {
    // Given
    uploader.replace(
        new Replacement(document("prices=9"), TestDocuments.listed("gone", "prices=8", null)));
    bot.fault(UPLOAD, "status", Map.of("status", 500));
    uploader.upload(HOURS);

    // When, Then
    assertThatCode(uploader::requireConclusiveResponse).doesNotThrowAnyException();
  }

  @Test
  void throwsTheFirstFailureAtTheEighthDocumentWithoutAConclusiveResponse() {
    // Given
    bot.fault(UPLOAD, "status", Map.of("status", 503, "times", 1));
    bot.fault(UPLOAD, "status", Map.of("status", 500));
    var failing = numbered(8);
    failing.subList(0, 7).forEach(uploader::upload);

    // When
    var failure = failure(() -> uploader.upload(failing.getLast()));

    // Then
    assertThat(failure.status()).hasValue(503);
    assertThat(attempts).hasSize(8);
  }

  @Test
  void continuesAfterEightFailuresWhenADocumentGotAConclusiveResponse() {
    // Given
    bot.fault(UPLOAD, "status", Map.of("status", 500, "skip", 1));

    // When
    numbered(10).forEach(uploader::upload);

    // Then
    assertThat(attempts.values().stream().map(UploadAttempt::outcome))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    Stream.of(Outcome.ACKNOWLEDGED),
                    Stream.generate(() -> Outcome.UNCERTAIN).limit(9))
                .toList());
    assertThatCode(uploader::requireConclusiveResponse).doesNotThrowAnyException();
  }

  @Test
  void completesBatchWhenEachDocumentIsRejected() {
    // Given
    bot.fault(UPLOAD, "status", Backend.REJECTED_BY_PROXY);

    // When
    numbered(9).forEach(uploader::upload);

    // Then
    assertThat(attempts.values())
        .hasSize(9)
        .containsOnly(
            UploadAttempt.rejected(NOW, "The backend rejected the document with HTTP status 413."));
    assertThatCode(uploader::requireConclusiveResponse).doesNotThrowAnyException();
  }

  private DocumentUploader uploader(LinkedBot link) {
    return new DocumentUploader(link, UID, tracker, attempts, clock);
  }

  /** The stored document as the backend lists it. */
  private ListedDocument listedAs(String written) {
    return TestDocuments.listed(bot.id(document(written)), written, null);
  }

  /** Whether the document is no longer shown although the backend lists it. */
  private boolean hidden(ListedDocument listed) {
    return tracker
        .removed(UID)
        .map(removed -> removed.without(List.of(listed), NOW).isEmpty())
        .orElse(false);
  }

  /** A document whose bytes record the attempts when they are read. */
  private Document observed(String name, List<Map<String, UploadAttempt>> seen) {
    var bytes = "9".getBytes(StandardCharsets.UTF_8);
    var content =
        new Content(
            bytes.length,
            content("9").digest(),
            () -> {
              seen.add(Map.copyOf(attempts));
              return new ByteArrayInputStream(bytes);
            });
    var like = document(name + "=9");
    return new Document(name, like.title(), like.mediaType(), content);
  }

  private static List<Document> numbered(int number) {
    return documents(
        IntStream.range(0, number).mapToObj("d%1$d=%1$d"::formatted).toArray(String[]::new));
  }

  private static Map<String, UploadAttempt> attempt(UploadAttempt attempt) {
    return Map.of(HOURS.title().key(), attempt);
  }

  private static String unconfirmed(String response) {
    return "The backend did not confirm the document"
        + response
        + ". The operator tries again later.";
  }

  private static OkChatException failure(ThrowingCallable call) {
    return catchThrowableOfType(OkChatException.class, call);
  }
}
