package ai.okchat.operator.chatbot;

import static ai.okchat.operator.chatbot.ObservedBot.desired;
import static ai.okchat.operator.chatbot.ObservedBot.matching;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.ConditionValue;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.status.StandardConditions;
import ai.okchat.planning.DesiredBot;
import ai.okchat.planning.Difference;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Ready and Synced are always there, other conditions only while they are True. */
class ChatbotConditionsTest {
  private static final DesiredBot DESIRED = desired("");
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

  @Test
  void matchingBotIsReadyAndSynced() {
    // When
    var values =
        ChatbotConditions.matched(
            new SyncResult.Matched(
                matching(DESIRED), ObservedBot.ORIGIN, DESIRED, List.of(), Reason.InSync));

    // Then
    assertThat(said(values))
        .isEqualTo(
            Map.of(
                "Ready", "True Ready",
                "Synced", "True InSync"));
  }

  @Test
  void reportedDriftKeepsReadyButNotSynced() {
    // Given
    var drift =
        List.of(
            new Difference("settings.greeting", TextNode.valueOf("a"), TextNode.valueOf("b")),
            new Difference("name", TextNode.valueOf("a"), null));

    // When
    var values =
        ChatbotConditions.matched(
            new SyncResult.Matched(
                matching(DESIRED), ObservedBot.ORIGIN, DESIRED, drift, Reason.Drifted));

    // Then
    assertThat(said(values))
        .isEqualTo(
            Map.of(
                "Ready", "True Ready",
                "Synced", "False Drifted",
                "DriftDetected", "True Drifted"));
    assertThat(message(values, ConditionType.DriftDetected))
        .isEqualTo(
            "Another client changed settings.greeting, name in the backend. Set spec.driftPolicy:"
                + " Enforce to correct it, or add the change to the spec.")
        .isEqualTo(message(values, ConditionType.Synced));
  }

  @Test
  void recurringDriftHasItsOwnReason() {
    // Given
    var drift = List.of(new Difference("name", TextNode.valueOf("a"), TextNode.valueOf("b")));

    // When
    var values =
        ChatbotConditions.matched(
            new SyncResult.Matched(
                matching(DESIRED), ObservedBot.ORIGIN, DESIRED, drift, Reason.DriftRecurring));

    // Then
    assertThat(said(values))
        .containsEntry("Ready", "True Ready")
        .containsEntry("Synced", "False DriftRecurring")
        .containsEntry("DriftDetected", "True DriftRecurring");
    assertThat(message(values, ConditionType.DriftDetected))
        .startsWith("Another client changes name in the backend again after each correction.");
  }

  @Test
  void transientFailureSetsSyncedUnknown() {
    // Given
    var failure =
        Failure.waiting(Reason.WaitingForBackend, "It is looked for.", Duration.ofSeconds(5));

    // When
    var values = ChatbotConditions.failed(failure, ChatbotStatus.empty());

    // Then
    assertThat(said(values))
        .isEqualTo(
            Map.of(
                "Ready", "Unknown WaitingForBackend",
                "Synced", "Unknown WaitingForBackend",
                "Reconciling", "True WaitingForBackend"));
  }

  @Test
  void permanentFailureSetsSyncedFalse() {
    // When
    var values =
        ChatbotConditions.failed(
            Failure.stalled(Reason.SpecRejected, "No."), ChatbotStatus.empty());

    // Then
    assertThat(said(values))
        .isEqualTo(
            Map.of(
                "Ready", "False SpecRejected",
                "Synced", "False SpecRejected",
                "Stalled", "True SpecRejected"));
  }

  @Test
  void pauseKeepsEarlierConditions() {
    // Given
    var before =
        Conditions.merge(
            null,
            ChatbotConditions.failed(
                Failure.stalled(Reason.SlugTaken, "Choose another."), ChatbotStatus.empty()),
            1,
            NOW);

    // When
    var values = StandardConditions.paused(before, false, "spec.suspend is true.");

    // Then
    assertThat(said(values))
        .isEqualTo(
            Map.of(
                "Ready", "False SlugTaken",
                "Synced", "False SlugTaken",
                "Stalled", "True SlugTaken",
                "Paused", "True Suspended"));
  }

  @Test
  void pauseWithAnEditKeepsReady() {
    // Given
    var before =
        Conditions.merge(
            null,
            ChatbotConditions.matched(
                new SyncResult.Matched(
                    matching(DESIRED), ObservedBot.ORIGIN, DESIRED, List.of(), Reason.InSync)),
            1,
            NOW);

    // When
    var edited = StandardConditions.paused(before, true, "spec.suspend is true.");
    var again =
        StandardConditions.paused(
            Conditions.merge(before, edited, 2, NOW), false, "spec.suspend is true.");

    // Then
    assertThat(said(edited))
        .isEqualTo(
            Map.of(
                "Ready", "True Ready",
                "Synced", "Unknown Suspended",
                "Paused", "True Suspended"));
    assertThat(message(edited, ConditionType.Paused))
        .isEqualTo(
            "spec.suspend is true. The operator has not compared this generation of the spec with"
                + " the backend.");
    assertThat(again).isEqualTo(edited);
  }

  @Test
  void pauseEndsReconciling() {
    // Given
    var before =
        Conditions.merge(
            null,
            ChatbotConditions.failed(
                Failure.referenceNotFound("The Secret okchat does not exist."),
                ChatbotStatus.empty()),
            1,
            NOW);

    // When
    var values = StandardConditions.paused(before, false, "spec.suspend is true.");

    // Then
    assertThat(said(values))
        .isEqualTo(
            Map.of(
                "Ready", "False ReferenceNotFound",
                "Synced", "Unknown ReferenceNotFound",
                "Paused", "True Suspended"));
  }

  @Test
  void objectPausedFromTheStartIsUnknown() {
    // When
    var values = StandardConditions.paused(List.of(), true, "spec.suspend is true.");

    // Then
    assertThat(said(values))
        .isEqualTo(
            Map.of(
                "Ready", "Unknown Suspended",
                "Synced", "Unknown Suspended",
                "Paused", "True Suspended"));
    assertThat(values).extracting(ConditionValue::message).containsOnly("spec.suspend is true.");
  }

  @Test
  void nextReconciliationReportsTheEndOfAPause() {
    // Given
    var paused =
        Conditions.merge(
            null, StandardConditions.paused(List.of(), true, "spec.suspend is true."), 1, NOW);

    // When
    var values =
        ChatbotConditions.matched(
            new SyncResult.Matched(
                matching(DESIRED), ObservedBot.ORIGIN, DESIRED, List.of(), Reason.InSync));
    var merged = Conditions.merge(paused, values, 1, NOW);

    // Then
    assertThat(Conditions.value(merged, ConditionType.Paused)).isEmpty();
  }

  private static Map<String, String> said(List<ConditionValue> values) {
    return values.stream()
        .collect(
            Collectors.toMap(
                condition -> condition.type().name(),
                condition -> condition.truth() + " " + condition.reason().name()));
  }

  private static String message(List<ConditionValue> values, ConditionType type) {
    return values.stream()
        .filter(condition -> condition.type() == type)
        .map(ConditionValue::message)
        .findFirst()
        .orElseThrow();
  }
}
