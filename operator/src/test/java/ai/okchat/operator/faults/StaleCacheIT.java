package ai.okchat.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.operator.testing.World;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Passes that begin before the operator sees what it wrote itself. */
final class StaleCacheIT {

  private static final List<String> NAMES =
      IntStream.rangeClosed(1, 20).mapToObj(it -> "bot-" + it).toList();

  @RegisterExtension final World world = new World();

  @Test
  @DisplayName("T3: passes on a cache from before the own write make no second bot")
  void aStaleCacheMakesNoSecondBot(TestInfo test) {
    // Given
    world.backend().flip("slugTakenStatus", "accept-with-suffix");
    world.stopOperator();
    world.startOperator(Clock.systemUTC(), new DelayedWatch(Duration.ofMillis(700)));
    world.connectBackend();
    prompt(0);
    NAMES.forEach(
        it -> world.applyChatbot(it, "promptFrom: {configMapKeyRef: {name: prompts, key: text}}"));
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> world.backend().count("create-chatbot") > 0);

    // When: each change of the prompt wakes them all, whatever they know of themselves.
    var said = ConcurrentHashMap.<String>newKeySet();
    try (var _ = world.watchChatbots(it -> said.addAll(readyReasons(it)))) {
      for (var number = 1; number <= 10; number++) {
        prompt(number);
      }
      NAMES.forEach(world::awaitReady);
    }

    // Then: none took its own bot for somebody else's, not even for a moment.
    assertThat(said).contains("Ready").doesNotContain("SlugTaken");
    assertThat(world.backend().bots()).hasSize(NAMES.size());
    assertThat(world.backend().count("create-chatbot")).isEqualTo(NAMES.size());
    FaultReport.record(test, NAMES.size(), "Chatbots 20, bots 20, creates 20");
  }

  private static List<String> readyReasons(Chatbot chatbot) {
    return chatbot.getStatus().conditions().stream()
        .filter(it -> it.getType().equals("Ready"))
        .map(Condition::getReason)
        .toList();
  }

  private void prompt(int number) {
    world.apply(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: prompts}
        data: {text: "Prompt number %d."}
        """
            .formatted(number));
  }
}
