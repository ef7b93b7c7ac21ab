package ai.okchat.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.operator.status.EventRecorder.Weight;
import ai.okchat.operator.testing.World;
import io.fabric8.kubernetes.api.model.Event;
import java.time.Clock;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What of very much that happens at once the cluster is told. */
final class EventRecorderIT {

  private static final int AT_ONCE = 400;

  @RegisterExtension final World world = new World();

  @Test
  void aWarningIsToldBeforeManyNormalEventsOfWhichMostAreDropped() {
    // Given
    world.stopOperator();
    world.applyChatbot("support");
    var chatbot = world.chatbots("support").get();

    // When
    try (var recorder = new EventRecorder(world.kubernetes(), Clock.systemUTC())) {
      for (var number = 1; number <= AT_ONCE; number++) {
        recorder.record(chatbot, Weight.Normal, Reason.Updated, "Updated " + number);
      }
      recorder.record(chatbot, Weight.Warning, Reason.DriftFound, "It differs.");
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
        .filter(it -> it.getReason().equals(reason.name()))
        .toList();
  }
}
