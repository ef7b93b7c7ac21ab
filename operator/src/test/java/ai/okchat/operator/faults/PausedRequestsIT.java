package ai.okchat.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.OperatorFixture;
import ai.okchat.operator.testing.Scrape;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Paused requests of an account after failures, and the objects that a success triggers. */
final class PausedRequestsIT {

  private static final List<String> NAMES =
      IntStream.rangeClosed(1, 6).mapToObj(number -> "bot-" + number).toList();

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  @Test
  @DisplayName(
      "T75: after an outage between two polls all objects recover without a poll, and it is shown")
  void recoversBetweenTwoPolls() {
    // Given
    world.connectBackend();
    world.awaitBackendReason(Reason.Ready);
    NAMES.forEach(name -> world.applyChatbot(name, "greeting: Hello"));
    NAMES.forEach(world::awaitReady);
    poll("1h");
    world.awaitPolls(1);
    awaitNoPoll();
    world.backend().fault("*", "status", Map.of("status", 503));

    // When
    NAMES.forEach(name -> world.applyChatbot(name, "greeting: Good day"));
    world.awaitBackendReason(Reason.BackendUnavailable);
    NAMES.forEach(name -> world.awaitReason(name, Reason.BackendUnavailable));
    world.backend().clearFaults();
    world.backend().clearJournal();

    // Then
    NAMES.forEach(world::awaitReady);
    world.awaitBackendReason(Reason.Ready);
    assertThat(world.backend().count("list-chatbots")).isZero();
    assertThat(world.backend().count("update-chatbot")).isEqualTo(NAMES.size());
  }

  @Test
  @DisplayName("T76: a key that one endpoint rejects triggers only objects that need that endpoint")
  void rejectedKeyTriggersOnlyObjectsOfThatEndpoint() {
    // Given
    world.connectBackend();
    NAMES.forEach(world::applyChatbot);
    NAMES.forEach(world::awaitReady);
    world
        .backend()
        .fault(
            "list-knowledge",
            "status",
            Map.of("status", 403, "body", "{\"error\": \"not with this key\"}"));
    applySource();
    awaitSource(Reason.CredentialsRejected);
    var before = passesOverChatbots();
    world.backend().clearJournal();

    // When
    world.awaitPolls(15);

    // Then: the source tries at 0, 2, 6 and 14 seconds.
    assertThat(passesOverChatbots()).isEqualTo(before);
    assertThat(world.backend().count("list-knowledge")).isBetween(1L, 5L);

    // And when the key is accepted, it goes on by itself.
    world.backend().clearFaults();
    awaitSource(Reason.Ready);
  }

  private double passesOverChatbots() {
    return Scrape.of(world.operator().managementPort()).samples().stream()
        .filter(sample -> sample.name().equals("okchat_reconcile_seconds_count"))
        .filter(sample -> "Chatbot".equals(sample.labels().get("kind")))
        .mapToDouble(Scrape.Sample::value)
        .sum();
  }

  /** A poll at the interval of before may still be scheduled. */
  private void awaitNoPoll() {
    var polls = new AtomicLong(-1);
    Awaitility.await("no poll for three seconds")
        .atMost(OperatorFixture.PATIENCE)
        .pollInterval(Duration.ofSeconds(3))
        .until(
            () -> {
              var now = world.backend().count("list-chatbots");
              return polls.getAndSet(now) == now;
            });
  }

  private void poll(String interval) {
    world.apply(
        """
        apiVersion: okchat.ai/v1alpha1
        kind: ChatbotBackend
        metadata: {name: default}
        spec:
          url: %s
          allowInsecure: true
          apiKeySecretRef: {name: okchat, key: api-key}
          pollInterval: %s
          requestTimeout: 3s
          rateLimit: {requestsPerSecond: 1000, burst: 1000}
        """
            .formatted(world.backend().url(), interval));
  }

  private void applySource() {
    world.apply(
        """
        apiVersion: okchat.ai/v1alpha1
        kind: KnowledgeSource
        metadata: {name: faq}
        spec:
          chatbotRef: {name: bot-1}
          documents: [{name: hours, text: "We open at nine."}]
        """);
  }

  private void awaitSource(Reason reason) {
    Awaitility.await("KnowledgeSource " + reason)
        .atMost(OperatorFixture.PATIENCE)
        .until(
            () -> world.sources("faq").get(),
            source ->
                source.getStatus() != null
                    && Conditions.hasReason(
                        source.getStatus().conditions(), ConditionType.Ready, reason));
  }
}
