package ai.okchat.operator.chatbot;

import static ai.okchat.operator.chatbot.Manifest.GENERATION;
import static ai.okchat.operator.chatbot.Manifest.chatbot;
import static ai.okchat.operator.chatbot.Manifest.json;
import static ai.okchat.operator.chatbot.Manifest.withStatus;
import static ai.okchat.operator.chatbot.ObservedBot.avatar;
import static ai.okchat.operator.chatbot.ObservedBot.desired;
import static ai.okchat.operator.chatbot.ObservedBot.matching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.api.v1alpha1.Drift;
import ai.okchat.api.v1alpha1.RecordedBackend;
import ai.okchat.client.Bot;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import ai.okchat.planning.Difference;
import ai.okchat.planning.Digest;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** T25: the whole status after a reconciliation, built from the one before. */
class ChatbotStatusFactoryTest {
  private static final String THEN = "2026-03-01T07:00:00Z";
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private static final Failure FAILURE = Failure.stalled(Reason.SpecRejected, "No.");

  private static final RecordedBackend ORIGIN = ObservedBot.ORIGIN;

  private static final ChatbotStatus FULL =
      new ChatbotStatus(
          2L,
          List.of(new Condition(THEN, "The bot matches the spec.", 2L, "Ready", "True", "Ready")),
          "bot-1",
          "support",
          "org-1",
          ORIGIN,
          null,
          "sha256:applied",
          "sha256:prompt",
          "sha256:avatar",
          "sha256:widget",
          List.of(new Drift("name", "Support", "Sales")));

  @Test
  void recordsAppliedDigestsAndBot() {
    // Given
    var desired = desired("{chatWidget: {name: n}}", avatar("sha256:picture"));
    var outcome =
        new SyncResult.Matched(
            matching(desired), ObservedBot.ORIGIN, desired, List.of(), Reason.InSync);

    // When
    var status = ChatbotStatusFactory.matched(chatbot(""), outcome, NOW);

    // Then
    assertThat(status)
        .usingRecursiveComparison()
        .ignoringFields("conditions")
        .isEqualTo(
            new ChatbotStatus(
                GENERATION,
                List.of(),
                "bot-1",
                "support",
                "org-1",
                ORIGIN,
                null,
                desired.digest(),
                Digest.of("Be brief."),
                "sha256:picture",
                Digest.of(json("{\"name\": \"n\"}")),
                List.of()));
    assertThat(status.conditions())
        .extracting(Condition::getType)
        .containsExactly("Ready", "Synced");
    assertThat(status.conditions())
        .extracting(Condition::getObservedGeneration)
        .containsOnly(GENERATION);
  }

  @Test
  void dropsDigestsOfRemovedFields() {
    // Given
    var chatbot = withStatus(chatbot(""), FULL);
    var desired = desired("");
    var outcome =
        new SyncResult.Matched(
            matching(desired), ObservedBot.ORIGIN, desired, List.of(), Reason.InSync);

    // When
    var status = ChatbotStatusFactory.matched(chatbot, outcome, NOW);

    // Then
    assertThat(status.avatarDigest()).isNull();
    assertThat(status.chatWidgetDigest()).isNull();
    assertThat(status.drift()).isEmpty();
  }

  @Test
  void recordsReportedDrift() {
    // Given
    var desired = desired("");
    var difference = new Difference("name", TextNode.valueOf("Support"), TextNode.valueOf("Sales"));
    var outcome =
        new SyncResult.Matched(
            matching(desired), ObservedBot.ORIGIN, desired, List.of(difference), Reason.Drifted);

    // When
    var status = ChatbotStatusFactory.matched(chatbot(""), outcome, NOW);

    // Then
    assertThat(status.drift()).containsExactly(new Drift("name", "Support", "Sales"));
  }

  @Test
  void doesNotRecordReportedDriftAsSent() {
    // Given
    var adopted = chatbot("");
    var edited = withStatus(chatbot(""), FULL);
    var desired = desired("{chatWidget: {name: n}}", avatar("sha256:new-picture"));
    var picture = new Difference("settings.avatar", TextNode.valueOf("sha256:new-picture"), null);
    var widget = new Difference("chat_widget_config", TextNode.valueOf("sha256:new"), null);
    var outcome =
        new SyncResult.Matched(
            matching(desired),
            ObservedBot.ORIGIN,
            desired,
            List.of(picture, widget),
            Reason.Drifted);

    // When
    var ofAdopted = ChatbotStatusFactory.matched(adopted, outcome, NOW);
    var ofEdited = ChatbotStatusFactory.matched(edited, outcome, NOW);

    // Then
    assertThat(List.of(ofAdopted, ofEdited))
        .extracting(ChatbotStatus::avatarDigest, ChatbotStatus::chatWidgetDigest)
        .containsExactly(tuple(null, null), tuple("sha256:avatar", "sha256:widget"));
  }

  @Test
  void failedReconciliationKeepsReportedDrift() {
    // Given
    var desired = desired("");
    var difference = new Difference("name", TextNode.valueOf("Support"), TextNode.valueOf("Sales"));
    var outcome =
        new SyncResult.Matched(
            matching(desired), ObservedBot.ORIGIN, desired, List.of(difference), Reason.Drifted);
    var drifted = withStatus(chatbot(""), ChatbotStatusFactory.matched(chatbot(""), outcome, NOW));

    // When
    var status =
        ChatbotStatusFactory.failed(
            drifted, Failure.stalled(Reason.SlugTaken, "No."), drifted.getStatus(), NOW);

    // Then
    assertThat(Conditions.isTrue(status.conditions(), ConditionType.DriftDetected)).isTrue();
    assertThat(status.drift()).containsExactly(new Drift("name", "Support", "Sales"));
  }

  @Test
  void sameReconciliationTwiceGivesTheSameStatus() {
    // Given
    var desired = desired("");
    var outcome =
        new SyncResult.Matched(
            matching(desired), ObservedBot.ORIGIN, desired, List.of(), Reason.InSync);
    var once = ChatbotStatusFactory.matched(chatbot(""), outcome, NOW);

    // When
    var twice =
        ChatbotStatusFactory.matched(withStatus(chatbot(""), once), outcome, NOW.plusSeconds(3600));

    // Then
    assertThat(twice).isEqualTo(once);
  }

  @Test
  void t25FailedReconciliationKeepsStatusButIsNotReady() {
    // Given
    var chatbot = withStatus(chatbot(""), FULL);

    // When
    var status = ChatbotStatusFactory.failed(chatbot, FAILURE, FULL, NOW);

    // Then
    assertThat(status)
        .usingRecursiveComparison()
        .ignoringFields("conditions", "observedGeneration")
        .isEqualTo(FULL);
    assertThat(status.observedGeneration()).isEqualTo(GENERATION);
    assertThat(status.conditions())
        .contains(
            new Condition(NOW.toString(), "No.", GENERATION, "SpecRejected", "False", "Ready"));
  }

  @Test
  void failureOfTheFirstReconciliationHasNoEarlierStatus() {
    // When
    var status = ChatbotStatusFactory.failed(chatbot(""), FAILURE, ChatbotStatus.empty(), NOW);

    // Then
    assertThat(status)
        .usingRecursiveComparison()
        .ignoringFields("conditions", "observedGeneration")
        .isEqualTo(ChatbotStatus.empty());
    assertThat(status.conditions()).hasSize(3);
  }

  @Test
  void t2RecordsBotCreatedBeforeTheFailure() {
    // Given
    var found = new Bot("bot-2", "support", "org-1", json("{}"));

    // When
    var status =
        ChatbotStatusFactory.failed(
            chatbot(""), FAILURE, ChatbotStatusFactory.withBot(null, found, ORIGIN), NOW);

    // Then
    assertThat(status)
        .usingRecursiveComparison()
        .ignoringFields("conditions", "observedGeneration")
        .isEqualTo(
            new ChatbotStatus(
                null, List.of(), "bot-2", "support", "org-1", ORIGIN, null, null, null, null, null,
                List.of()));
  }

  @Test
  void dropsDigestsOfAnotherBot() {
    // Given
    var chatbot = withStatus(chatbot(""), FULL);
    var found = new Bot("bot-2", "support", "org-1", json("{}"));

    // When
    var status =
        ChatbotStatusFactory.failed(
            chatbot, FAILURE, ChatbotStatusFactory.withBot(FULL, found, ORIGIN), NOW);

    // Then
    assertThat(status)
        .usingRecursiveComparison()
        .ignoringFields("conditions", "observedGeneration")
        .isEqualTo(
            new ChatbotStatus(
                null, List.of(), "bot-2", "support", "org-1", ORIGIN, null, null, null, null, null,
                List.of()));
  }

  @Test
  void keepsDigestsOfTheSameBot() {
    // Given
    var chatbot = withStatus(chatbot(""), FULL);
    var found = new Bot("bot-1", "support", "org-1", json("{}"));

    // When
    var status =
        ChatbotStatusFactory.failed(
            chatbot, FAILURE, ChatbotStatusFactory.withBot(FULL, found, ORIGIN), NOW);

    // Then
    assertThat(status)
        .usingRecursiveComparison()
        .ignoringFields("conditions", "observedGeneration")
        .isEqualTo(FULL);
  }

  @Test
  void pauseKeepsStatusAndTransitionTimes() {
    // Given
    var chatbot = withStatus(chatbot(""), FULL);
    chatbot.getMetadata().setGeneration(FULL.observedGeneration());

    // When
    var status = ChatbotStatusFactory.paused(chatbot, "An annotation is set.", NOW);

    // Then
    assertThat(status).usingRecursiveComparison().ignoringFields("conditions").isEqualTo(FULL);
    assertThat(status.conditions())
        .extracting(Condition::getType, Condition::getStatus, Condition::getLastTransitionTime)
        .contains(tuple("Ready", "True", THEN), tuple("Paused", "True", NOW.toString()));
  }

  @Test
  void pauseWithAnEditDoesNotReportTheEditAsSynced() {
    // Given
    var chatbot = withStatus(chatbot("suspend: true"), FULL);

    // When
    var status = ChatbotStatusFactory.paused(chatbot, "spec.suspend is true.", NOW);

    // Then
    assertThat(status)
        .usingRecursiveComparison()
        .ignoringFields("conditions", "observedGeneration")
        .isEqualTo(FULL);
    assertThat(status.conditions())
        .extracting(Condition::getType, Condition::getStatus, Condition::getReason)
        .contains(
            tuple("Ready", "True", "Ready"),
            tuple("Synced", "Unknown", "Suspended"),
            tuple("Paused", "True", "Suspended"));
  }
}
