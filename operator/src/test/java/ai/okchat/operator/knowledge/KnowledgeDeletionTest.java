package ai.okchat.operator.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.knowledge.ingestion.LinkedBot;
import ai.okchat.operator.knowledge.ingestion.SourceManifest;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.ConditionValue;
import ai.okchat.operator.status.ConditionValue.Truth;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.status.Requeue;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The deletion of a source: with its documents, without them, or blocked. */
class KnowledgeDeletionTest {

  private static final String FINALIZER = "okchat.ai/finalizer";
  private static final String CLAIM = "okchat.ai/claim";
  private static final String TIMEOUT = "okchat.ai/deletion-timeout";
  private static final String HOURS = "hours.22e634.0123abcd.md";
  private static final String PRICES = "prices.22e634.4567cdef.md";

  private static final String OPTIONS =
      " Fix the cause, set spec.deletionPolicy: Orphan to orphan the documents, or limit the"
          + " attempts with the annotation okchat.ai/deletion-timeout, for example 1h.";
  private static final String UNTIL_NINE =
      " The operator stops trying after 2026-03-01T09:00:00Z and creates an orphan receipt.";
  private static final String TIMED_OUT =
      "Warning Orphaned of docs: The deletion timed out, and documents stay in the bot. The"
          + " ConfigMap okchat-system/%s has the command that removes them.";

  private static final Failure NO_SECRET =
      Failure.referenceNotFound("The Secret okchat does not exist.");
  private static final Failure NO_CHATBOT =
      Failure.referenceNotFound("The Chatbot support does not exist.");
  private static final Failure WAITING =
      Failure.waiting(
          Reason.WaitingForChatbot, "The Chatbot support has no bot.", Duration.ofMinutes(30));
  private static final Failure KEY_REJECTED =
      new Failure(
          Truth.False,
          Reason.CredentialsRejected,
          "The backend returned 401.",
          false,
          Requeue.HOURLY);

  private static final ChatbotRefResolution UNREACHABLE =
      new ChatbotRefResolution.Waiting(NO_SECRET, true);
  private static final ChatbotRefResolution NOT_READY =
      new ChatbotRefResolution.Waiting(WAITING, false);

  @AutoClose private final SourceScene scene = new SourceScene();
  private final KnowledgeDeletion deletion = scene.deletion();

  @Test
  void skipsASourceWithoutTheFinalizer() {
    // Given
    scene.upload(HOURS);
    scene.kubernetes.delete(scene.create("", "example.com/other"));
    var requests = new ArrayList<String>();
    scene.kubernetes.onRequest(requests::add);

    // When
    var requeue = advance(scene.link());

    // Then
    assertThat(requeue).isEqualTo(Requeue.HOURLY);
    assertThat(requests).isEmpty();
    assertThat(scene.backend.calls()).isEmpty();
  }

  @Test
  void removesTheDocumentsAndThenTheFinalizer() {
    // Given
    scene.deleted("");
    scene.upload(HOURS);
    scene.upload(PRICES);

    // When
    var first = advance(scene.link());
    var reported = ready();
    var second = advance(scene.link());

    // Then
    assertThat(List.of(first, second))
        .containsExactly(Requeue.in(Duration.ofMillis(50)), Requeue.HOURLY);
    assertThat(reported)
        .isEqualTo(
            ready(
                Truth.Unknown,
                Reason.Deleting,
                "The operator removes the documents of this source from the bot."));
    assertThat(scene.titles(scene.botId)).isEmpty();
    assertThat(scene.isGone()).isTrue();
    assertThat(scene.changes.events())
        .containsExactly(
            "Normal Deleted of docs: Removed 2 documents of this source from the bot.");
    assertThat(receipts()).isEmpty();
  }

  @Test
  @DisplayName("T9: a source that sent no document is deleted without an Event")
  void recordsNoEventWhenNoDocumentWasRemoved() {
    // Given
    scene.deleted("");

    // When
    advance(scene.link());

    // Then
    assertThat(scene.isGone()).isTrue();
    assertThat(scene.changes.events()).isEmpty();
  }

  @Test
  @DisplayName("T15: the deletion policy Orphan needs no access to the backend")
  void orphansTheDocumentsBySpec() {
    // Given
    scene.deleted("deletionPolicy: Orphan");
    scene.upload(HOURS);

    // When
    var requeue = deletion.advance(scene.stored(), UNREACHABLE, Optional.of("Paused."));

    // Then
    assertThat(requeue).isEqualTo(Requeue.HOURLY);
    assertThat(scene.isGone()).isTrue();
    assertThat(scene.backend.calls()).isEmpty();
    assertThat(scene.changes.events())
        .containsExactly(
            "Warning Orphaned of docs: Orphaned the documents because of spec.deletionPolicy.");
    assertThat(receipts()).isEmpty();
  }

  @Test
  @DisplayName("T90: a source removes no documents whose titles belong to another source")
  void leavesTheDocumentsToTheOwnerOfTheTitles() {
    // Given
    scene.deleted("");
    scene.upload(HOURS);
    var owner = SourceManifest.source("");
    owner.getMetadata().setName("handbook");

    // When
    var requeue = deletion.release(scene.stored(), owner);

    // Then
    assertThat(requeue).isEqualTo(Requeue.HOURLY);
    assertThat(scene.isGone()).isTrue();
    assertThat(scene.backend.calls()).isEmpty();
    assertThat(scene.changes.events())
        .containsExactly(
            "Warning Orphaned of docs: Orphaned the documents: the KnowledgeSource handbook owns"
                + " all documents with these titles.");
  }

  @Test
  @DisplayName("T50: a restored source orphans the documents of the original, also while paused")
  void orphansTheDocumentsOfAnotherObject() {
    // Given
    var source = scene.deleted("");
    scene.annotate(CLAIM, "original@2026-02-28T20:15:00Z");
    scene.upload(HOURS);

    // When
    deletion.advance(scene.stored(), scene.link(), Optional.of("Paused."));

    // Then
    var receipt = "okchat-orphan-" + source.getMetadata().getUid();
    assertThat(scene.isGone()).isTrue();
    assertThat(scene.titles(scene.botId)).containsExactly(HOURS);
    assertThat(scene.changes.events())
        .containsExactly(
            "Warning Orphaned of docs: Orphaned the documents: this KnowledgeSource was restored"
                + " and did not send them. The ConfigMap okchat-system/%s describes how to remove"
                    .formatted(receipt)
                + " them.");
    assertThat(receipts())
        .isEqualTo(
            Map.of(receipt, "The KnowledgeSource was restored and did not send its documents."));
  }

  @Test
  void waitsWhilePaused() {
    // Given
    scene.deleted("");
    scene.upload(HOURS);

    // When
    var requeue = deletion.advance(scene.stored(), scene.link(), Optional.of("It is suspended."));

    // Then
    assertThat(requeue).isEqualTo(Requeue.HOURLY);
    assertThat(Conditions.value(scene.stored().getStatus().conditions(), ConditionType.Paused))
        .contains(
            new ConditionValue(
                ConditionType.Paused,
                Truth.True,
                Reason.Suspended,
                "It is suspended. The deletion waits."));
    assertThat(scene.stored().getFinalizers()).containsExactly(FINALIZER);
    assertThat(scene.backend.calls()).isEmpty();
  }

  @Test
  @DisplayName("T56: a source that never had a bot is deleted without a receipt")
  void releasesASourceWithoutBotThatSentNothing() {
    // Given
    scene.deleted("");

    // When
    var requeue = advance(new ChatbotRefResolution.Gone(NO_CHATBOT));

    // Then
    assertThat(requeue).isEqualTo(Requeue.HOURLY);
    assertThat(scene.isGone()).isTrue();
    assertThat(scene.changes.events()).isEmpty();
    assertThat(receipts()).isEmpty();
  }

  @Test
  @DisplayName("T55: a source that may have sent documents to an unknown bot leaves a receipt")
  void leavesAReceiptWhenTheBotOfItsDocumentsIsUnknown() {
    // Given
    var source = scene.deleted("");
    var uid = source.getMetadata().getUid();
    scene.annotate(CLAIM, uid + "@2026-03-01T07:59:00Z");

    // When
    advance(new ChatbotRefResolution.Gone(NO_CHATBOT));

    // Then
    var receipt = "okchat-orphan-" + uid;
    assertThat(scene.isGone()).isTrue();
    assertThat(scene.changes.events()).containsExactly(TIMED_OUT.formatted(receipt));
    assertThat(receipts()).isEqualTo(Map.of(receipt, NO_CHATBOT.message()));
  }

  @Test
  @DisplayName("T8: without access to the backend the operator tries for an hour")
  void triesForAnHourWithoutAccess() {
    // Given
    var source = scene.deleted("");

    // When
    var first = advance(UNREACHABLE);
    var reported = ready();
    scene.clock.pass(Duration.ofMinutes(59));
    var last = advance(UNREACHABLE);
    scene.clock.pass(Duration.ofMinutes(1));
    advance(UNREACHABLE);

    // Then
    var message =
        "The documents cannot be removed: The Secret okchat does not exist." + OPTIONS + UNTIL_NINE;
    var receipt = "okchat-orphan-" + source.getMetadata().getUid();
    assertThat(List.of(first, last))
        .containsExactly(Requeue.HOURLY, Requeue.in(Duration.ofMinutes(1)));
    assertThat(reported).isEqualTo(ready(Truth.False, Reason.DeletionBlocked, message));
    assertThat(scene.isGone()).isTrue();
    assertThat(scene.changes.events())
        .containsExactly(
            "Warning DeletionBlocked of docs: " + message, TIMED_OUT.formatted(receipt));
    assertThat(receipts()).isEqualTo(Map.of(receipt, NO_SECRET.message()));
  }

  @Test
  void triesForeverWhileTheBackendExists() {
    // Given
    scene.deleted("");
    advance(NOT_READY);
    scene.clock.pass(Duration.ofDays(365));

    // When
    var requeue = advance(NOT_READY);

    // Then
    assertThat(requeue).isEqualTo(Requeue.in(Duration.ofMinutes(30)));
    assertThat(ready())
        .isEqualTo(
            ready(
                Truth.Unknown,
                Reason.DeletionBlocked,
                "The documents cannot be removed: The Chatbot support has no bot." + OPTIONS));
    assertThat(scene.changes.events()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"true, 20m, PT20M", "false, 20m, PT20M", "true, 2h, PT2H", "false, 10m, PT10M"})
  void triesForTheTimeoutOfTheAnnotation(boolean unreachable, String text, Duration timeout) {
    // Given
    scene.deleted("");
    scene.annotate(TIMEOUT, text);
    var bot = unreachable ? UNREACHABLE : NOT_READY;

    // When
    scene.clock.pass(timeout.minusSeconds(1));
    var last = advance(bot);
    var wasGone = scene.isGone();
    scene.clock.passSeconds(1);
    advance(bot);

    // Then
    assertThat(last).isEqualTo(Requeue.in(Duration.ofSeconds(1)));
    assertThat(List.of(wasGone, scene.isGone())).containsExactly(false, true);
    assertThat(receipts()).hasSize(1);
  }

  @Test
  @DisplayName("B4: an unsupported list format blocks the deletion, with one Event")
  void blocksWhileTheListFormatIsUnsupported() {
    // Given
    scene.deleted("");
    scene.upload(HOURS);
    scene.backend.flip("knowledgeListShape", "placeholder");

    // When
    var requeues = List.of(advance(scene.link()), advance(scene.link()));

    // Then
    var message =
        "The documents cannot be removed: The format of the backend's list of documents is not"
            + " supported, so the operator cannot remove documents."
            + OPTIONS;
    assertThat(requeues)
        .containsExactly(Requeue.in(Duration.ofMinutes(1)), Requeue.in(Duration.ofMinutes(1)));
    assertThat(ready()).isEqualTo(ready(Truth.Unknown, Reason.DeletionBlocked, message));
    assertThat(scene.changes.events())
        .containsExactly("Warning DeletionBlocked of docs: " + message);
    assertThat(scene.stored().getFinalizers()).containsExactly(FINALIZER);
  }

  @Test
  @DisplayName("T74: a removal that has no effect ends with the timeout of the annotation")
  void orphansDocumentsThatStayListedAtTheTimeout() {
    // Given
    var source = scene.deleted("");
    scene.annotate(TIMEOUT, "10m");
    scene.upload(HOURS);
    scene.backend.fault(
        "delete-knowledge", "status", Map.of("status", 200, "body", "{\"message\": \"ok\"}"));

    // When
    scene.clock.pass(Duration.ofMinutes(10).minusSeconds(1));
    advance(scene.link());
    var wasGone = scene.isGone();
    scene.clock.passSeconds(1);
    advance(scene.link());

    // Then
    var receipt = "okchat-orphan-" + source.getMetadata().getUid();
    assertThat(List.of(wasGone, scene.isGone())).containsExactly(false, true);
    assertThat(scene.changes.events()).containsExactly(TIMED_OUT.formatted(receipt));
    assertThat(receipts())
        .isEqualTo(
            Map.of(receipt, "The operator removes the documents of this source from the bot."));
  }

  @Test
  void waitsForeverForARemovalWithoutATimeout() {
    // Given
    scene.deleted("");
    scene.upload(HOURS);
    scene.backend.fault(
        "delete-knowledge", "status", Map.of("status", 200, "body", "{\"message\": \"ok\"}"));
    advance(scene.link());
    scene.clock.pass(Duration.ofDays(365));

    // When
    advance(scene.link());

    // Then
    assertThat(scene.stored().getFinalizers()).containsExactly(FINALIZER);
    assertThat(scene.changes.events()).isEmpty();
    assertThat(receipts()).isEmpty();
  }

  @Test
  @DisplayName("T58: a rejected key in memory is tried for an hour if the Secret is gone")
  void triesTheRejectedKeyOfALostSecretForAnHour() {
    // Given
    scene.deleted("");
    var withoutSecret = scene.bot();
    var bot =
        new ChatbotRefResolution.Linked(
            new LinkedBot(withoutSecret.connection(), scene.botId, null, NO_SECRET));

    // When
    var requeue = deletion.blocked(scene.stored(), KEY_REJECTED, bot);
    var reported = ready();
    scene.clock.pass(Duration.ofHours(1));
    deletion.blocked(scene.stored(), KEY_REJECTED, bot);

    // Then
    assertThat(requeue).isEqualTo(Requeue.HOURLY);
    assertThat(reported)
        .isEqualTo(
            ready(
                Truth.False,
                Reason.DeletionBlocked,
                "The documents cannot be removed: The Secret okchat does not exist."
                    + OPTIONS
                    + UNTIL_NINE));
    assertThat(scene.isGone()).isTrue();
    assertThat(receipts()).containsValue(NO_SECRET.message());
  }

  @Test
  void triesARejectedKeyOfASecretForever() {
    // Given
    scene.deleted("");
    scene.clock.pass(Duration.ofDays(365));

    // When
    var requeue = deletion.blocked(scene.stored(), KEY_REJECTED, scene.link());

    // Then
    assertThat(requeue).isEqualTo(Requeue.HOURLY);
    assertThat(ready())
        .isEqualTo(
            ready(
                Truth.False,
                Reason.DeletionBlocked,
                "The documents cannot be removed: The backend returned 401." + OPTIONS));
  }

  @Test
  void triesTheWorkingKeyOfALostSecretForever() {
    // Given
    scene.deleted("");
    scene.clock.pass(Duration.ofDays(365));
    var withoutSecret = scene.bot();
    var bot =
        new ChatbotRefResolution.Linked(
            new LinkedBot(withoutSecret.connection(), scene.botId, null, NO_SECRET));
    var outage =
        new Failure(
            Truth.Unknown, Reason.BackendUnavailable, "It timed out.", false, Requeue.BACKOFF);

    // When
    var requeue = deletion.blocked(scene.stored(), outage, bot);

    // Then
    assertThat(requeue).isEqualTo(Requeue.BACKOFF);
    assertThat(ready())
        .isEqualTo(
            ready(
                Truth.Unknown,
                Reason.DeletionBlocked,
                "The documents cannot be removed: It timed out." + OPTIONS));
  }

  private Requeue advance(ChatbotRefResolution bot) {
    return deletion.advance(scene.stored(), bot, Optional.empty());
  }

  private ConditionValue ready() {
    return Conditions.value(scene.stored().getStatus().conditions(), ConditionType.Ready)
        .orElseThrow();
  }

  private static ConditionValue ready(Truth truth, Reason reason, String message) {
    return new ConditionValue(ConditionType.Ready, truth, reason, message);
  }

  /** Returns the reasons of the orphan receipts by their names. */
  private Map<String, String> receipts() {
    return scene.kubernetes.list(ConfigMap.class).stream()
        .filter(
            configMap ->
                configMap.getMetadata().getNamespace().equals(SourceScene.OPERATOR_NAMESPACE))
        .collect(
            Collectors.toMap(
                configMap -> configMap.getMetadata().getName(),
                configMap -> configMap.getData().get("why")));
  }
}
