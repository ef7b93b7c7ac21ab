package ai.okchat.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.operator.testing.TestedOperator;
import ai.okchat.operator.testing.World;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.awaitility.Awaitility;

/**
 * A namespace in which Chatbots are made, edited and deleted by chance while one operator after the
 * other is killed over them.
 */
final class KilledLane {

  private static final int MOST_MILLIS_OF_WORK = 600;

  private final World world;
  private final Random chance;
  private final TreeSet<String> wanted = new TreeSet<>();
  private final JsonNode foreign;
  private int made;

  KilledLane(World world, long seed) {
    this.world = world;
    this.chance = new Random(seed);
    world.stopOperator();
    world.backend().flip("slugTakenStatus", "accept-with-suffix");
    world.backend().fault("*", "delay", Map.of("delayMillis", 15));
    world.connectBackend();
    foreign = world.backend().createInDashboard(Map.of("name", "Theirs", "slug", "theirs"));
  }

  /** Some changes, and an operator that is killed at a random moment of its work on them. */
  void killOne() {
    create();
    create();
    create();
    edit();
    edit();
    delete();
    delete();
    var operator = startOperator();
    try {
      Thread.sleep(chance.nextInt(MOST_MILLIS_OF_WORK));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      operator.kill();
    }
  }

  private OperatorProcess startOperator() {
    world.backend().clearJournal();
    var operator = OperatorProcess.start(world.namespace());
    Awaitility.await("first call")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> !operator.isAlive() || world.backend().count("list-chatbots") > 0);
    assertThat(operator.isAlive()).isTrue();
    return operator;
  }

  /** An operator that may live: each Chatbot has its bot, and nothing else is there. */
  void assertNothingIsLost() {
    world.backend().clearFaults();
    var later = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(3));
    world.startOperator(later, TestedOperator.NO_FAULT);
    Awaitility.await("all settled")
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              assertThat(chatbots()).allMatch(World::isReady).hasSize(wanted.size());
            });
    assertThat(chatbots())
        .extracting(it -> it.getMetadata().getName())
        .containsExactlyInAnyOrderElementsOf(wanted);
    assertThat(world.backend().bots()).contains(foreign);
    assertThat(world.backend().bots())
        .filteredOn(it -> !it.equals(foreign))
        .extracting(it -> it.path("id").asText())
        .containsExactlyInAnyOrderElementsOf(
            chatbots().stream().map(it -> it.getStatus().id()).toList());
  }

  private void create() {
    var name = "bot-" + ++made;
    wanted.add(name);
    world.applyChatbot(name, "greeting: Hello");
  }

  private void edit() {
    world.applyChatbot(any(), "greeting: Number %d".formatted(chance.nextInt(1_000_000)));
  }

  private void delete() {
    var name = any();
    wanted.remove(name);
    world.chatbots(name).delete();
  }

  private String any() {
    return List.copyOf(wanted).get(chance.nextInt(wanted.size()));
  }

  private List<Chatbot> chatbots() {
    return world
        .kubernetes()
        .resources(Chatbot.class)
        .inNamespace(world.namespace())
        .list()
        .getItems();
  }
}
