package ai.okchat.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.client.Sha256;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.testing.OperatorFixture;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** KnowledgeSources of one fixture by the names of their Chatbots, and their last contents. */
final class KnowledgeOfBots {

  private final OperatorFixture world;
  private final Random chance;
  private final TreeMap<String, Map<String, String>> texts = new TreeMap<>();

  KnowledgeOfBots(OperatorFixture world, Random chance) {
    this.world = world;
    this.chance = chance;
  }

  /** One document that stays, some that change now and then, and one that always does. */
  void teach(String bot) {
    var documents =
        new TreeMap<>(
            Map.of(
                "same",
                "Always the same.",
                "one",
                "Number %d.".formatted(chance.nextInt(3)),
                "two",
                "Number %d.".formatted(chance.nextInt(3)),
                "three",
                "Number %d.".formatted(chance.nextInt(1_000_000))));
    texts.put(bot, documents);
    world.apply(
        """
        apiVersion: okchat.ai/v1alpha1
        kind: KnowledgeSource
        metadata: {name: %s}
        spec:
          chatbotRef: {name: %s}
          documents: [%s]
        """
            .formatted(
                bot,
                bot,
                documents.entrySet().stream()
                    .map(
                        document ->
                            "{name: %s, text: %s}"
                                .formatted(document.getKey(), document.getValue()))
                    .collect(Collectors.joining(", "))));
  }

  /** Deletes the source of the bot, where it has one. */
  void forget(String bot) {
    if (texts.remove(bot) != null) {
      world.sources(bot).delete();
    }
  }

  /** Each document of each source is in its bot once, as it last was, and no other is. */
  void assertNothingIsLost(Map<String, String> idsByName) {
    texts
        .keySet()
        .forEach(
            bot ->
                Awaitility.await("KnowledgeSource " + bot)
                    .atMost(Duration.ofSeconds(90))
                    .until(() -> isReady(world.sources(bot).get())));
    // A source whose bot is gone needs two lists that lack it.
    Awaitility.await("end of the deleted KnowledgeSources")
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(() -> assertThat(names()).isEqualTo(texts.keySet()));
    assertThat(idsByName)
        .allSatisfy(
            (bot, id) ->
                assertThat(world.backend().documents(id))
                    .extracting(
                        document -> document.path("title").asText().replaceAll("\\.\\w{6}\\.", " "))
                    .containsExactlyInAnyOrderElementsOf(titles(bot)));
  }

  /** Name and digest of each document, as titles have them. */
  private List<String> titles(String bot) {
    return texts.getOrDefault(bot, Map.of()).entrySet().stream()
        .map(
            text -> "%s %s.md".formatted(text.getKey(), Sha256.of(text.getValue()).substring(0, 8)))
        .toList();
  }

  private Set<String> names() {
    return world.sources().stream()
        .map(source -> source.getMetadata().getName())
        .collect(Collectors.toSet());
  }

  private static boolean isReady(KnowledgeSource source) {
    var status = source.getStatus();
    return status != null
        && Conditions.isTrue(status.conditions(), ConditionType.Ready)
        && source.getMetadata().getGeneration().equals(status.observedGeneration());
  }
}
