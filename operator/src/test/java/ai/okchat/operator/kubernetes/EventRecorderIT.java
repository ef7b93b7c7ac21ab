package ai.okchat.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.operator.kubernetes.EventRecorder.EventType;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.OperatorFixture;
import io.fabric8.kubernetes.api.model.Event;
import java.time.Clock;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Events that reach the cluster when very many happen at once. */
final class EventRecorderIT {

  private static final int AT_ONCE = 400;

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  @Test
  void sendsWarningBeforeNormalEventsAndDropsMostOfThem() {
    // Given
    world.stopOperator();
    world.applyChatbot("support");
    var chatbot = world.chatbots("support").get();

    // When
    try (var recorder = new EventRecorder(world.kubernetes(), Clock.systemUTC())) {
      for (var number = 1; number <= AT_ONCE; number++) {
        recorder.record(chatbot, EventType.Normal, Reason.Updated, "Updated " + number);
      }
      recorder.record(chatbot, EventType.Warning, Reason.DriftFound, "It differs.");
      Awaitility.await("the warning").until(() -> !told(chatbot, Reason.DriftFound).isEmpty());
    }

    // Then
    assertThat(told(chatbot, Reason.Updated)).hasSizeLessThan(AT_ONCE / 2);
  }

  private List<Event> told(Chatbot chatbot, Reason reason) {
    return world
        .kubernetes()
        .v1()
        .events()
        .inNamespace(world.namespace())
        .withField("involvedObject.uid", chatbot.getMetadata().getUid())
        .list()
        .getItems()
        .stream()
        .filter(event -> event.getReason().equals(reason.name()))
        .toList();
  }
}
