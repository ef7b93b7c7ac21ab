package ai.okchat.operator.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.testing.OperatorFixture;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Order of reconciliations when more objects wait than there are threads. */
class ReconcilePriorityIT {

  private static final int NEW_ONES = 120;

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  @Test
  void reconcilesEditBeforeEarlierNewChatbots() {
    // Given
    world.connectBackend();
    world.applyChatbot("zz-edited", "greeting: Hello");
    world.awaitReady("zz-edited");
    world.stopOperator();
    for (var number = 1; number <= NEW_ONES; number++) {
      world.applyChatbot("new-" + number, "greeting: Hello");
    }
    world.applyChatbot("zz-edited", "greeting: Good day");
    world.backend().fault("*", "delay", Map.of("delayMillis", 20));
    world.backend().clearJournal();

    // When
    world.startOperator();
    Awaitility.await("the edit").until(() -> world.backend().count("update-chatbot") > 0);

    // Then
    assertThat(world.backend().count("create-chatbot")).isLessThan(NEW_ONES / 2);
  }
}
