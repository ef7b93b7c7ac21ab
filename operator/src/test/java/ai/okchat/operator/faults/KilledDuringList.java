package ai.okchat.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.operator.testing.OperatorFixture;
import ai.okchat.operator.testing.OperatorProcess;
import ai.okchat.operator.testing.TestedOperator;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A namespace in which Chatbots are made, edited and deleted by chance while one operator after the
 * other is killed over them.
 */
final class KilledDuringList {

  private static final String LEARNING = "learning";
  private static final int MOST_MILLIS_OF_WORK = 600;
  private static final int MOST_CHATBOTS = 40;

  /** The call at which the time to live begins: of Chatbots, of sources, of documents. */
  private static final List<Set<String>> BEGINNINGS =
      List.of(
          Set.of("list-chatbots"),
          Set.of("list-knowledge"),
          Set.of("upload-knowledge", "update-knowledge"));

  private final OperatorFixture world;
  private final Random chance;
  private final TreeSet<String> wanted = new TreeSet<>();
  private final JsonNode foreign;
  private final KnowledgeOfBots taught;
  private final Map<String, Integer> calls = new TreeMap<>();
  private int made;
  private int kills;

  KilledDuringList(OperatorFixture world, long seed) {
    this.world = world;
    this.chance = new Random(seed);
    this.taught = new KnowledgeOfBots(world, chance);
    world.stopOperator();
    world.backend().flip("slugTakenStatus", "accept-with-suffix");
    world.backend().fault("*", "delay", Map.of("delayMillis", 15));
    world.connectBackend();
    foreign = world.backend().createInDashboard(Map.of("name", "Theirs", "slug", "theirs"));
    world.applyChatbot(LEARNING);
  }

  /**
   * Makes some changes, and kills an operator at a random moment of its work on them: the first
   * while it reads bots, the next while it reads sources, the next while it uploads.
   */
  void killOne() {
    create();
    create();
    create();
    edit();
    edit();
    delete();
    delete();
    if (wanted.size() > MOST_CHATBOTS) {
      delete();
    }
    taught.teach(LEARNING);
    taught.teach(any());
    world.backend().clearJournal();
    try (var operator = OperatorProcess.startLaterIn(world, later())) {
      awaitCall(operator, BEGINNINGS.get(kills % BEGINNINGS.size()));
      Thread.sleep(chance.nextInt(MOST_MILLIS_OF_WORK));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    kills++;
    world.backend().calls().forEach(call -> calls.merge(call.endpoint(), 1, Integer::sum));
  }

  /** Returns the backend calls of the killed processes that reached the backend. */
  String told() {
    return "%d kills, %s".formatted(kills, calls);
  }

  private void awaitCall(OperatorProcess operator, Set<String> endpoints) {
    try {
      Awaitility.await(endpoints.toString())
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(5))
          .until(() -> !operator.isAlive() || isCalled(endpoints));
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(told() + "\n" + operator.output(), e);
    }
    assertThat(operator.isAlive()).as(operator.output()).isTrue();
  }

  private boolean isCalled(Set<String> endpoints) {
    return endpoints.stream().anyMatch(endpoint -> world.backend().count(endpoint) > 0);
  }

  /** Each lives after any wait for what the one before may have left under way. */
  private Duration later() {
    return Duration.ofMinutes(3L * kills);
  }

  /** An operator that may live: each Chatbot has its bot, and nothing else is there. */
  void assertNothingIsLost() {
    world.backend().clearFaults();
    world.startOperator(Clock.offset(Clock.systemUTC(), later()), TestedOperator.NO_FAULT);
    Awaitility.await("all settled")
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(chatbots())
                    .allMatch(OperatorFixture::isReady)
                    .hasSize(wanted.size() + 1));
    assertThat(chatbots())
        .extracting(chatbot -> chatbot.getMetadata().getName())
        .filteredOn(name -> !name.equals(LEARNING))
        .containsExactlyInAnyOrderElementsOf(wanted);
    assertThat(world.backend().bots()).contains(foreign);
    assertThat(world.backend().bots())
        .filteredOn(bot -> !bot.equals(foreign))
        .extracting(bot -> bot.path("id").asText())
        .containsExactlyInAnyOrderElementsOf(
            chatbots().stream().map(chatbot -> chatbot.getStatus().id()).toList());
    taught.assertNothingIsLost(
        chatbots().stream()
            .collect(
                Collectors.toMap(
                    chatbot -> chatbot.getMetadata().getName(), OperatorFixture::idOf)));
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
    taught.forget(name);
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
