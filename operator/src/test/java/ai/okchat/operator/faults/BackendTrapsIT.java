package ai.okchat.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.ApiServerWrites;
import ai.okchat.operator.testing.OperatorFixture;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Peculiarities of the OkChat backend. */
final class BackendTrapsIT {

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  @BeforeEach
  void connect() {
    world.connectBackend();
    world.awaitBackendReason(Reason.Ready);
  }

  @Test
  @DisplayName(
      "T4: a new bot that neither list nor details show is not created again, and Ready stays")
  void doesNotRecreateANewBotThatIsHidden(TestInfo test) {
    // Given
    world.backend().flip("listLagMillis", 5_000);

    // When
    world.applyChatbot("support");
    var id = world.awaitId("support");
    world.awaitPolls(7);

    // Then
    assertThat(OperatorFixture.idOf(world.chatbot("support"))).isEqualTo(id);
    assertThat(world.backend().endpoints()).containsExactly("create-chatbot");
    assertThat(ApiServerWrites.of(world)).containsOnlyOnce("patch chatbots/status support");
    FaultReport.record(test, 1, "creates 1, status writes 1");
  }

  @Test
  @DisplayName("T13 B6: another slug is rejected while the bot exists, and no bot is orphaned")
  void rejectsAnotherSlugWhileTheBotExists() {
    // Given
    world.applyChatbot("support", "slug: one");
    var id = world.awaitId("support");

    // When
    assertThatExceptionOfType(KubernetesClientException.class)
        .isThrownBy(() -> world.applyChatbot("support", "slug: another"))
        .withMessageContaining("slug");

    // Then
    assertThat(world.backend().bots())
        .singleElement()
        .satisfies(bot -> assertThat(bot.path("id").asText()).isEqualTo(id));
  }

  @Test
  @DisplayName("B2: a change that does not change updated_at is detected")
  void detectsChangeByItsFields() {
    // Given
    world.applyChatbot("support", "greeting: Hello");
    var id = world.awaitId("support");
    var updatedAt = world.backend().bot(id).path("updated_at");

    // When
    world.backend().changeInDashboard(id, Map.of("settings", Map.of("greeting", "Yo")));
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> world.backend().count("update-chatbot") > 0);

    // Then
    world.awaitReady("support");
    assertThat(world.backend().bot(id).path("updated_at")).isEqualTo(updatedAt);
    assertThat(world.backend().bot(id).at("/settings/greeting").asText()).isEqualTo("Hello");
  }

  @Test
  @DisplayName(
      "B7: the widget is sent when the spec changes, and the status reports no drift of it")
  void reportsNoDriftOfTheWidget() {
    // Given
    world.applyChatbot("support", "chatWidget: {slogan: Ask}");
    var id = world.awaitId("support");
    assertThat(world.backend().count("update-chat-widget")).isEqualTo(1);

    // When
    world.backend().changeInDashboard(id, Map.of("chat_widget_config", Map.of("slogan", "Theirs")));
    world.awaitPolls(3);

    // Then
    assertThat(world.backend().count("update-chat-widget")).isEqualTo(1);
    assertThat(
            OperatorFixture.condition(world.chatbot("support"), ConditionType.Synced).getStatus())
        .isEqualTo("True");
    world.applyChatbot("support", "chatWidget: {slogan: Ask me}");
    world.awaitReady("support");
    assertThat(world.backend().bot(id).at("/chat_widget_config/slogan").asText())
        .isEqualTo("Ask me");
  }

  @Test
  @DisplayName("B8 T22: an undocumented error code is a transient failure")
  void retriesAfterAnUndocumentedErrorCode() {
    // Given
    world.backend().fault("create-chatbot", "status", Map.of("status", 418, "times", 1));

    // When
    world.applyChatbot("support");

    // Then
    world.awaitReady("support");
    assertThat(world.backend().bots()).hasSize(1);
  }

  @Test
  @DisplayName("T35: 200, 204 and 404 each complete a deletion with one request")
  void completesDeletionWithEachSuccessStatus(TestInfo test) {
    // Given
    for (var name : new String[] {"first", "second", "third"}) {
      world.applyChatbot(name);
    }
    var third = world.awaitId("third");
    world.awaitReady("first");
    world.awaitReady("second");
    world.awaitPolls(2); // A bot that no list has shown may only lag.

    // When
    world.chatbots("first").delete();
    world.awaitGone("first");
    world.backend().flip("deleteStatus", 204);
    world.chatbots("second").delete();
    world.awaitGone("second");
    world.backend().deleteInDashboard(third);
    world.chatbots("third").delete();
    world.awaitGone("third");

    // Then
    assertThat(world.backend().count("delete-chatbot")).isEqualTo(3);
    assertThat(world.backend().bots()).isEmpty();
    FaultReport.record(test, 3, "deletions 3, bots 0");
  }
}
