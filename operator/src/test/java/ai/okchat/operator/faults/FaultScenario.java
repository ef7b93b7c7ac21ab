package ai.okchat.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.operator.testing.Backend;
import ai.okchat.operator.testing.OperatorFixture;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * The lifecycle of two Chatbots on their own backend, which gives one wrong response several times
 * at every step. The backend creates a second bot with a slug in use, so that each superfluous
 * create is visible.
 */
final class FaultScenario implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(100);

  /** At one poll each second. */
  private static final int CALM_POLLS = 7;

  private final OperatorFixture world;
  private final WrongResponse wrong;
  private final Backend backend = Backend.start();
  private final String first;
  private final String second;
  private int injected;

  FaultScenario(OperatorFixture world, WrongResponse wrong) {
    this.world = world;
    this.wrong = wrong;
    this.first = wrong.label() + "-first";
    this.second = wrong.label() + "-second";
    backend.flip("slugTakenStatus", "accept-with-suffix");
  }

  /** Returns the number of wrong responses. */
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
    awaitCalm();
  }

  private void whenAllIsReady() {
    awaitReady(second);
    assertBots(first, second);
    inject("*", 2);
    awaitCalls("list-chatbots", backend.count("list-chatbots") + 4);
    assertBots(first, second);
  }

  private void inTheMiddleOfADeletion(String name, String endpoint) {
    awaitCalm();
    var bot = bot(name);
    inject(endpoint, 2);
    world.chatbots(name).delete();
    awaitThat("end of " + name, name, chatbot -> chatbot == null);
    assertThat(backend.bots()).doesNotContain(bot);
  }

  private void inject(String endpoint, int times) {
    backend.clearFaults();
    if (wrong.fits(endpoint) || endpoint.equals("*")) {
      wrong.inject(backend, endpoint, times);
      injected += times;
    }
  }

  /**
   * Waits until the operator takes the next fault for a new one: after five seconds without any.
   */
  private void awaitCalm() {
    awaitCalls("list-chatbots", backend.count("list-chatbots") + CALM_POLLS);
  }

  /** Asserts one bot for each object, with the ID of its status, and a finalizer on each object. */
  private void assertBots(String... names) {
    var chatbots = List.of(names).stream().map(world::chatbot).toList();
    assertThat(backend.bots())
        .extracting(bot -> bot.path("id").asText())
        .containsExactlyInAnyOrderElementsOf(
            chatbots.stream().map(chatbot -> chatbot.getStatus().id()).toList());
    assertThat(chatbots)
        .allSatisfy(
            chatbot ->
                assertThat(chatbot.getMetadata().getFinalizers()).contains("okchat.ai/finalizer"));
  }

  private JsonNode bot(String name) {
    return backend.bot(OperatorFixture.idOf(world.chatbot(name)));
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
    awaitThat(
        name + " Ready", name, chatbot -> chatbot != null && OperatorFixture.isReady(chatbot));
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
