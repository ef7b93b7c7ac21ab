package ai.okchat.operator.chatbot;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Drift;
import ai.okchat.operator.lifecycle.ClaimAnnotation;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.OperatorFixture;
import io.fabric8.kubernetes.api.model.Event;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Changes that another client makes in the backend, by drift policy. */
final class DriftIT {

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  @Test
  void correctsEnforcedDriftAndRecordsAnEvent() {
    // Given
    world.connectBackend();
    world.applyChatbot("support", "greeting: Hello", "prompt: You help.");
    var id = world.awaitId("support");

    // When
    world
        .backend()
        .changeInDashboard(id, Map.of("settings", Map.of("greeting", "Yo", "theirs", 1)));

    // Then
    awaitSetting(id, "greeting", "Hello");
    assertThat(setting(id, "theirs")).isEqualTo("1");
    Awaitility.await()
        .atMost(OperatorFixture.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(world.events("support"))
                    .extracting(Event::getMessage)
                    .contains(
                        "Another client changed settings.greeting in the backend. The operator"
                            + " corrected it."));
  }

  @Test
  void keepsAndShowsReportedDrift() {
    // Given
    world.connectBackend();
    world.applyChatbot("support", "greeting: Hello", "driftPolicy: Report");
    var id = world.awaitId("support");

    // When
    world.backend().changeInDashboard(id, Map.of("settings", Map.of("greeting", "Yo")));

    // Then
    var drifted =
        world.await(
            "support",
            chatbot ->
                Conditions.isTrue(chatbot.getStatus().conditions(), ConditionType.DriftDetected));
    assertThat(drifted.getStatus().drift())
        .containsExactly(new Drift("settings.greeting", "Hello", "Yo"));
    assertThat(OperatorFixture.condition(drifted, ConditionType.Ready).getStatus())
        .isEqualTo("True");
    assertThat(OperatorFixture.condition(drifted, ConditionType.Synced).getStatus())
        .isEqualTo("False");
    assertThat(setting(id, "greeting")).isEqualTo("Yo");

    // And when the policy changes, the operator corrects the drift.
    world.applyChatbot("support", "greeting: Hello", "driftPolicy: Enforce");
    awaitSetting(id, "greeting", "Hello");
    assertThat(world.awaitReady("support").getStatus().drift()).isEmpty();
  }

  @Test
  void keepsIgnoredDriftAndIgnoredFields() {
    // Given
    world.connectBackend();
    world.applyChatbot("lax", "greeting: Hello", "driftPolicy: Ignore");
    world.applyChatbot("strict", "greeting: Hello", "ignoreFields: [settings.greeting]");
    var lax = world.awaitId("lax");
    var strict = world.awaitId("strict");

    // When
    for (var id : List.of(lax, strict)) {
      world.backend().changeInDashboard(id, Map.of("settings", Map.of("greeting", "Yo")));
    }
    world.awaitPolls(3);

    // Then
    assertThat(setting(lax, "greeting")).isEqualTo("Yo");
    assertThat(setting(strict, "greeting")).isEqualTo("Yo");
    assertThat(world.backend().count("update-chatbot")).isZero();
  }

  @Test
  @DisplayName("T17: a value that the backend stores in another form is not sent again and again")
  void otherFormsOfTheSameValueAreNotDrift() {
    // Given
    world.connectBackend();
    world.applyChatbot(
        "support",
        "prompt: \"Line one\\nLine two\"",
        "snippet: {primaryColor: '#aabbcc'}",
        "voiceAgent: {model: {temperature: 0.50}}");
    var id = world.awaitId("support");
    world.awaitPolls(1);
    world.backend().clearJournal();

    // When
    world
        .backend()
        .changeInDashboard(
            id,
            Map.of(
                "settings",
                Map.of(
                    "prompt",
                    "Line one\r\nLine two  \n",
                    "snippet",
                    Map.of("primaryColor", "#AABBCC")),
                "voice_widget_config",
                Map.of("model", Map.of("temperature", 0.5))));
    world.awaitPolls(3);

    // Then
    assertThat(world.backend().endpoints()).isEmpty();
  }

  @Test
  void reportsRecurringDriftWithoutCorrectingIt() {
    // Given
    world.connectBackend();
    world.applyChatbot("support", "greeting: Hello");
    var id = world.awaitId("support");
    for (var round = 1; round <= DriftHistory.RECURRENCE_LIMIT; round++) {
      world.backend().changeInDashboard(id, Map.of("settings", Map.of("greeting", "Yo " + round)));
      awaitSetting(id, "greeting", "Hello");
    }

    // When
    world.backend().changeInDashboard(id, Map.of("settings", Map.of("greeting", "Yo again")));

    // Then
    var contested =
        world.await(
            "support",
            chatbot ->
                Conditions.hasReason(
                    chatbot.getStatus().conditions(), ConditionType.Synced, Reason.DriftRecurring));
    assertThat(OperatorFixture.condition(contested, ConditionType.Synced).getMessage())
        .startsWith("Another client changes settings.greeting");
    assertThat(setting(id, "greeting")).isEqualTo("Yo again");
  }

  @Test
  @DisplayName("T7: a bot that was deleted by hand is created again, once")
  void recreatesBotDeletedByHand() {
    // Given
    world.connectBackend();
    world.backend().createInDashboard(Map.of("name", "Another", "slug", "another"));
    world.applyChatbot("support");
    var old = world.awaitId("support");
    waitOutTheListLag("support");

    // When
    world.backend().deleteInDashboard(old);

    // Then
    var again =
        world.await(
            "support",
            chatbot -> chatbot.getStatus().id() != null && !old.equals(chatbot.getStatus().id()));
    assertThat(world.backend().bot(OperatorFixture.idOf(again)).path("slug").asText())
        .isEqualTo(again.getStatus().slug());
    assertThat(world.backend().bots()).hasSize(2);
  }

  @Test
  void reportsBotDeletedByHandUnderReport() {
    // Given
    world.connectBackend();
    world.backend().createInDashboard(Map.of("name", "Another", "slug", "another"));
    world.applyChatbot("support", "driftPolicy: Report");
    var old = world.awaitId("support");
    waitOutTheListLag("support");

    // When
    world.backend().deleteInDashboard(old);

    // Then
    world.awaitReason("support", Reason.BotMissing);
    assertThat(world.backend().count("create-chatbot")).isEqualTo(1);
  }

  /** A young claim may still be ahead of the lists; this one is made to look older. */
  private void waitOutTheListLag(String name) {
    world
        .chatbots(name)
        .edit(
            chatbot -> {
              var annotations = chatbot.getMetadata().getAnnotations();
              annotations.put(
                  ClaimAnnotation.KEY, chatbot.getMetadata().getUid() + "@2020-01-01T00:00:00Z");
              return chatbot;
            });
    world.stopOperator();
    world.startOperator();
    world.awaitPolls(2);
  }

  private String setting(String id, String name) {
    return world.backend().bot(id).path("settings").path(name).asText();
  }

  private void awaitSetting(String id, String name, String value) {
    Awaitility.await()
        .atMost(OperatorFixture.PATIENCE)
        .untilAsserted(() -> assertThat(setting(id, name)).isEqualTo(value));
  }
}
