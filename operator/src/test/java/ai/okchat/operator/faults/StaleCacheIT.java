package ai.okchat.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.operator.testing.OperatorFixture;
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

/** Reconciliations that begin before the operator observes its own writes. */
final class StaleCacheIT {

  private static final List<String> NAMES =
      IntStream.rangeClosed(1, 20).mapToObj(index -> "bot-" + index).toList();

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  @Test
  @DisplayName(
      "T3: reconciliations with a cache from before the operator's write create no second bot")
  void createsNoSecondBotWithAStaleCache(TestInfo test) {
    // Given
    world.backend().flip("slugTakenStatus", "accept-with-suffix");
    world.stopOperator();
    world.startOperator(Clock.systemUTC(), new DelayedWatch(Duration.ofMillis(700)));
    world.connectBackend();
    prompt(0);
    NAMES.forEach(
        name ->
            world.applyChatbot(name, "promptFrom: {configMapKeyRef: {name: prompts, key: text}}"));
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> world.backend().count("create-chatbot") > 0);

    // When: each change of the prompt triggers all of them, however stale their cache is.
    var said = ConcurrentHashMap.<String>newKeySet();
    try (var _ = world.watchChatbots(chatbot -> said.addAll(readyReasons(chatbot)))) {
      for (var number = 1; number <= 10; number++) {
        prompt(number);
      }
      NAMES.forEach(world::awaitReady);
    }

    // Then: none took its own bot for another owner's, not even for a moment.
    assertThat(said).contains("Ready").doesNotContain("SlugTaken");
    assertThat(world.backend().bots()).hasSize(NAMES.size());
    assertThat(world.backend().count("create-chatbot")).isEqualTo(NAMES.size());
    FaultReport.record(test, NAMES.size(), "Chatbots 20, bots 20, creates 20");
  }

  private static List<String> readyReasons(Chatbot chatbot) {
    return chatbot.getStatus().conditions().stream()
        .filter(condition -> condition.getType().equals("Ready"))
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
