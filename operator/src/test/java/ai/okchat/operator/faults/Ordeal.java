package ai.okchat.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.operator.testing.Backend;
import ai.okchat.operator.testing.World;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * The whole life of two Chatbots on a backend of their own that gives one wrong answer, some times
 * over, at every step. The backend makes a second bot of a slug that is taken, so that no create
 * too many goes unnoticed.
 */
final class Ordeal implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(100);

  private final World world;
  private final WrongAnswer wrong;
  private final Backend backend = Backend.start();
  private final String first;
  private final String second;
  private int injected;

  Ordeal(World world, WrongAnswer wrong) {
    this.world = world;
    this.wrong = wrong;
    this.first = wrong.label() + "-first";
    this.second = wrong.label() + "-second";
    backend.flip("slugTakenStatus", "accept-with-suffix");
  }

  /** Returns how often something wrong was answered. */
  int suffer() {
    beforeAnythingExists();
    inTheMiddleOfACreate(); // Goes on while the other is edited.
    inTheMiddleOfAnUpdate("get-chatbot");
    inTheMiddleOfAnUpdate("update-chatbot");
    whenAllIsReady();
    inTheMiddleOfADeletion(first, "delete-chatbot");
    inTheMiddleOfADeletion(second, "*");
    assertThat(backend.calls()).as("calls beside the polls").hasSizeLessThan(60);
    return injected;
  }

  private void beforeAnythingExists() {
    inject("list-chatbots", 2);
    declareBackend();
    apply(first, "greeting: Hello");
    awaitReady(first);
    assertBots(first);
  }

  private void inTheMiddleOfACreate() {
    inject("create-chatbot", 1);
    apply(second, "greeting: Hello");
    awaitCalls("create-chatbot", 2);
  }

  private void inTheMiddleOfAnUpdate(String endpoint) {
    inject(endpoint, 2);
    apply(first, "greeting: Changed for " + endpoint);
    awaitReady(first);
    assertThat(bot(first).at("/settings/greeting").asText()).isEqualTo("Changed for " + endpoint);
  }

  private void whenAllIsReady() {
    awaitReady(second);
    assertBots(first, second);
    inject("*", 2);
    awaitCalls("list-chatbots", backend.count("list-chatbots") + 4);
    assertBots(first, second);
  }

  private void inTheMiddleOfADeletion(String name, String endpoint) {
    var bot = bot(name);
    inject(endpoint, 2);
    world.chatbots(name).delete();
    awaitThat("end of " + name, name, it -> it == null);
    assertThat(backend.bots()).doesNotContain(bot);
  }

  private void inject(String endpoint, int times) {
    backend.clearFaults();
    if (wrong.fits(endpoint) || endpoint.equals("*")) {
      wrong.inject(backend, endpoint, times);
      injected += times;
    }
  }

  /** One bot for each, the very one of its status, and its object is held. */
  private void assertBots(String... names) {
    var chatbots = List.of(names).stream().map(world::chatbot).toList();
    assertThat(backend.bots())
        .extracting(it -> it.path("id").asText())
        .containsExactlyInAnyOrderElementsOf(
            chatbots.stream().map(it -> it.getStatus().id()).toList());
    assertThat(chatbots)
        .allSatisfy(
            it -> assertThat(it.getMetadata().getFinalizers()).contains("okchat.ai/finalizer"));
  }

  private JsonNode bot(String name) {
    return backend.bot(World.idOf(world.chatbot(name)));
  }

  private void declareBackend() {
    world.apply(
        """
        apiVersion: okchat.ai/v1alpha1
        kind: ChatbotBackend
        metadata: {name: %s}
        spec:
          url: %s
          allowInsecure: true
          apiKeySecretRef: {name: okchat, key: api-key}
          pollInterval: 1s
          requestTimeout: 1s
          rateLimit: {requestsPerSecond: 1000, burst: 1000}
        """
            .formatted(wrong.label(), backend.url()));
  }

  private void apply(String name, String line) {
    world.applyChatbot(name, "backendRef: {name: %s}".formatted(wrong.label()), line);
  }

  private void awaitCalls(String endpoint, long times) {
    Awaitility.await(endpoint).atMost(PATIENCE).until(() -> backend.count(endpoint) >= times);
  }

  private void awaitReady(String name) {
    awaitThat(name + " Ready", name, it -> it != null && World.isReady(it));
  }

  private void awaitThat(String what, String name, Predicate<@Nullable Chatbot> condition) {
    Awaitility.await(what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> condition.test(world.chatbots(name).get()));
  }

  @Override
  public void close() {
    backend.close();
  }
}
