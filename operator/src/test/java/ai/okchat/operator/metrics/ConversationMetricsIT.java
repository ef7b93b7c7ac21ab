package ai.okchat.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.client.ApiKey;
import ai.okchat.client.CallObserver;
import ai.okchat.client.ChatRequest;
import ai.okchat.client.Endpoint;
import ai.okchat.client.OkChatClient;
import ai.okchat.operator.metrics.MetricsPage.Row;
import ai.okchat.operator.testing.Backend;
import ai.okchat.operator.testing.OperatorFixture;
import ai.okchat.operator.testing.Scrape;
import ai.okchat.operator.testing.TestedOperator;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The operator counts conversations only if it is configured to. */
final class ConversationMetricsIT {

  private static final String METRIC = "okchat_conversations_total";

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  @Test
  void countsNewConversationsByBotAndChannel() {
    // Given
    world.stopOperator();
    world.startOperator(TestedOperator.countingConversations(world.namespace(), 1));
    world.connectBackend();
    world.applyChatbot("support", "slug: support");
    var id = world.awaitId("support");
    talkTo(id); // Before the first look, or after it: not counted for sure.
    awaitLooks(2);
    var before = counted();

    // When
    talkTo(id);
    talkTo(id);

    // Then
    Awaitility.await().atMost(OperatorFixture.PATIENCE).until(() -> counted() == before + 2);
    var lines =
        scrape().samples().stream()
            .filter(sample -> sample.name().equals(METRIC))
            .map(sample -> new Row(sample.name(), typeOf(sample.name()), sample.labels().keySet()))
            .distinct();
    assertThat(lines).containsExactly(MetricsPage.CONVERSATIONS);
    awaitLooks(2);
    assertThat(counted()).isEqualTo(before + 2);
  }

  @Test
  void doesNotRequestConversationsByDefault() {
    // Given
    world.connectBackend();
    world.applyChatbot("support");
    world.awaitReady("support");

    // When
    world.awaitPolls(3);

    // Then
    assertThat(world.backend().count("list-conversations")).isZero();
    assertThat(scrape().types()).doesNotContainKey(METRIC);
  }

  private void awaitLooks(int times) {
    var wanted = world.backend().count("list-conversations") + times;
    Awaitility.await("looks at conversations")
        .atMost(OperatorFixture.PATIENCE)
        .until(() -> world.backend().count("list-conversations") >= wanted);
  }

  private double counted() {
    return scrape().samples().stream()
        .filter(sample -> sample.name().equals(METRIC))
        .filter(sample -> Objects.equals(sample.labels().get("bot"), "support"))
        .mapToDouble(Scrape.Sample::value)
        .sum();
  }

  private String typeOf(String metric) {
    return Objects.requireNonNull(scrape().types().get(metric));
  }

  private Scrape scrape() {
    return Scrape.of(world.operator().managementPort());
  }

  private void talkTo(String id) {
    var endpoint =
        new Endpoint(
            HttpUrl.get(world.backend().url()), ApiKey.of(Backend.API_KEY), Duration.ofSeconds(20));
    new OkChatClient(new OkHttpClient(), endpoint, CallObserver.NONE)
        .chat(id, ChatRequest.question("When do you open?", UUID.randomUUID().toString()));
  }
}
