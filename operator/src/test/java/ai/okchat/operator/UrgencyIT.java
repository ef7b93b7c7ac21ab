package ai.okchat.operator;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.testing.World;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who goes first where more is to be done than there are threads. */
class UrgencyIT {

  private static final int NEW_ONES = 120;

  @RegisterExtension final World world = new World();

  @Test
  void an_edit_does_not_wait_for_the_new_chatbots_that_came_before_it() {
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
