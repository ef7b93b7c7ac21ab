package ai.okchat.operator.chatbot;

import static ai.okchat.operator.chatbot.ObservedBot.desired;
import static ai.okchat.operator.chatbot.ObservedBot.matching;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.ConditionValue;
import ai.okchat.operator.status.ConditionValue.Truth;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** All seven conditions are there from the first pass on, however it ends. */
class ChatbotConditionsTest {
  private static final Desired DESIRED = desired("");
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

  @Test
  void a_bot_that_matches_is_all_well() {
    // When
    var values =
        ChatbotConditions.matched(
            new Outcome.Matched(
                matching(DESIRED), ObservedBot.ORIGIN, DESIRED, List.of(), Reason.InSync));

    // Then
    assertThat(said(values))
        .isEqualTo(
            Map.of(
                "Ready", "True Ready",
                "Synced", "True InSync",
                "ResolvedRefs", "True Resolved",
                "DriftDetected", "False NoDrift",
                "Reconciling", "False Settled",
                "Stalled", "False Settled",
                "Paused", "False NotPaused"));
  }

  @Test
  void drift_that_stays_leaves_the_bot_ready_and_out_of_sync() {
    // Given
    var drift =
        List.of(
            new Difference("settings.greeting", TextNode.valueOf("a"), TextNode.valueOf("b")),
            new Difference("name", TextNode.valueOf("a"), null));

    // When
    var values =
        ChatbotConditions.matched(
            new Outcome.Matched(
                matching(DESIRED), ObservedBot.ORIGIN, DESIRED, drift, Reason.Drifted));

    // Then
    assertThat(said(values))
        .isEqualTo(
            Map.of(
                "Ready", "True Ready",
                "Synced", "False Drifted",
                "ResolvedRefs", "True Resolved",
                "DriftDetected", "True Drifted",
                "Reconciling", "False Settled",
                "Stalled", "False Settled",
                "Paused", "False NotPaused"));
    assertThat(message(values, ConditionType.DriftDetected))
        .isEqualTo(
            "Somebody changed settings.greeting, name in the backend. Set spec.driftPolicy: Enforce"
                + " to put it right, or take the change over into the spec.")
        .isEqualTo(message(values, ConditionType.Synced));
  }

  @Test
  void contested_drift_says_that_it_keeps_coming_back() {
    // Given
    var drift = List.of(new Difference("name", TextNode.valueOf("a"), TextNode.valueOf("b")));

    // When
    var values =
        ChatbotConditions.matched(
            new Outcome.Matched(
                matching(DESIRED), ObservedBot.ORIGIN, DESIRED, drift, Reason.DriftContested));

    // Then
    assertThat(said(values))
        .containsEntry("Ready", "True Ready")
        .containsEntry("Synced", "False DriftContested")
        .containsEntry("DriftDetected", "True DriftContested");
    assertThat(message(values, ConditionType.DriftDetected))
        .startsWith("Somebody keeps changing name in the backend after it was put right.");
  }

  @Test
  void a_failure_that_passes_leaves_the_comparison_unknown() {
    // Given
    var failure =
        Failure.waiting(Reason.WaitingForBackend, "It is looked for.", Duration.ofSeconds(5));

    // When
    var values = ChatbotConditions.failed(failure);

    // Then
    assertThat(said(values))
        .isEqualTo(
            Map.of(
                "Ready", "Unknown WaitingForBackend",
                "Synced", "Unknown WaitingForBackend",
                "ResolvedRefs", "True Resolved",
                "DriftDetected", "False NoDrift",
                "Reconciling", "True WaitingForBackend",
                "Stalled", "False Settled",
                "Paused", "False NotPaused"));
  }

  @Test
  void a_failure_that_waits_for_a_person_is_out_of_sync_for_certain() {
    // When
    var values = ChatbotConditions.failed(Failure.stalled(Reason.SpecRejected, "No."));

    // Then
    assertThat(said(values))
        .isEqualTo(
            Map.of(
                "Ready", "False SpecRejected",
                "Synced", "False SpecRejected",
                "ResolvedRefs", "True Resolved",
                "DriftDetected", "False NoDrift",
                "Reconciling", "False SpecRejected",
                "Stalled", "True SpecRejected",
                "Paused", "False NotPaused"));
  }

  @Test
  void a_pause_keeps_what_was_said_before() {
    // Given
    var before =
        Conditions.merge(
            null,
            ChatbotConditions.failed(Failure.stalled(Reason.SlugTaken, "Choose another.")),
            1,
            NOW);

    // When
    var values = ChatbotConditions.paused(before, "spec.suspend is true.");

    // Then
    assertThat(said(values))
        .isEqualTo(
            Map.of(
                "Ready", "False SlugTaken",
                "Synced", "False SlugTaken",
                "ResolvedRefs", "True Resolved",
                "DriftDetected", "False NoDrift",
                "Reconciling", "False SlugTaken",
                "Stalled", "True SlugTaken",
                "Paused", "True Suspended"));
  }

  @Test
  void an_object_that_was_paused_from_the_start_is_unknown() {
    // When
    var values = ChatbotConditions.paused(List.of(), "spec.suspend is true.");

    // Then
    assertThat(said(values))
        .isEqualTo(
            Map.of(
                "Ready", "Unknown Suspended",
                "Synced", "Unknown Suspended",
                "ResolvedRefs", "Unknown Suspended",
                "DriftDetected", "Unknown Suspended",
                "Reconciling", "Unknown Suspended",
                "Stalled", "Unknown Suspended",
                "Paused", "True Suspended"));
    assertThat(values).extracting(ConditionValue::message).containsOnly("spec.suspend is true.");
  }

  @Test
  void the_end_of_a_pause_is_told_by_the_next_pass() {
    // Given
    var paused =
        Conditions.merge(
            null, ChatbotConditions.paused(List.of(), "spec.suspend is true."), 1, NOW);

    // When
    var values =
        ChatbotConditions.matched(
            new Outcome.Matched(
                matching(DESIRED), ObservedBot.ORIGIN, DESIRED, List.of(), Reason.InSync));
    var merged = Conditions.merge(paused, values, 1, NOW);

    // Then
    assertThat(Conditions.value(merged, ConditionType.Paused))
        .map(ConditionValue::truth)
        .contains(Truth.False);
  }

  private static Map<String, String> said(List<ConditionValue> values) {
    return values.stream()
        .collect(
            Collectors.toMap(it -> it.type().name(), it -> it.truth() + " " + it.reason().name()));
  }

  private static String message(List<ConditionValue> values, ConditionType type) {
    return values.stream()
        .filter(it -> it.type() == type)
        .map(ConditionValue::message)
        .findFirst()
        .orElseThrow();
  }
}
