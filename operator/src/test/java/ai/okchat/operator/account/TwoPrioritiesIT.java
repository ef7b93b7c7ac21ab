package ai.okchat.operator.account;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.OperatorFixture;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One account with a small budget, many documents to send, and a user who edits a bot. */
final class TwoPrioritiesIT {

  private static final int SOURCES = 10;
  private static final int DOCUMENTS = 40;

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  @Test
  @DisplayName("T23: an edit is sent before the waiting uploads, and the uploads continue")
  void sendsEditDuringAnIngestion() {
    // Given
    world.connectBackend();
    world.applyChatbot("support");
    world.awaitReady("support");
    limitRequests(10, 1);
    IntStream.range(0, SOURCES).forEach(this::applySource);
    awaitUploads(15);

    // When
    var before = uploads();
    world.applyChatbot("support", "greeting: Hello.");
    Awaitility.await("PATCH")
        .atMost(OperatorFixture.PATIENCE)
        .until(() -> world.backend().endpoints().contains("update-chatbot"));

    // Then
    var calls = world.backend().endpoints();
    var ahead =
        calls.subList(0, calls.indexOf("update-chatbot")).stream()
            .filter("upload-knowledge"::equals)
            .count();
    assertThat(ahead - before).isLessThan(SOURCES * 2);
    assertThat(ahead).isLessThan(SOURCES * DOCUMENTS / 2);
    awaitUploads(uploads() + 10);
  }

  @Test
  @DisplayName("T23: the rate limit adapts to 429 responses, and the status shows the throttling")
  void adaptsRateTo429Responses() {
    // Given
    world.connectBackend();
    world.applyChatbot("support");
    world.awaitReady("support");
    world.backend().flip("rateLimitPerSecond", 8);

    // When
    applySource(1);
    applySource(2);
    Awaitility.await("hold")
        .atMost(OperatorFixture.PATIENCE)
        .until(() -> world.backendObject().getStatus().rateLimitedUntil() != null);
    awaitUploads(2 * DOCUMENTS);

    // Then
    var refused = world.backend().calls().stream().filter(call -> call.status() == 429).count();
    assertThat(refused).isPositive().isLessThan(DOCUMENTS / 2);
    world.backend().flip("rateLimitPerSecond", 0);
    world.awaitBackendReason(Reason.Ready);
    assertThat(world.backendObject().getStatus().rateLimitedUntil()).isNull();
  }

  private void limitRequests(int perSecond, int burst) {
    world
        .kubernetes()
        .resource(world.backendObject())
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\": {\"rateLimit\": {\"requestsPerSecond\": %d, \"burst\": %d}}}"
                .formatted(perSecond, burst));
    Awaitility.await("limits")
        .atMost(OperatorFixture.PATIENCE)
        .until(
            () ->
                world
                    .backendObject()
                    .getMetadata()
                    .getGeneration()
                    .equals(world.backendObject().getStatus().observedGeneration()));
  }

  private void applySource(int number) {
    var documents =
        IntStream.range(0, DOCUMENTS)
            .mapToObj("{name: doc-%d, text: Some words.}"::formatted)
            .collect(Collectors.joining(", "));
    world.apply(
        """
        apiVersion: okchat.ai/v1alpha1
        kind: KnowledgeSource
        metadata: {name: source-%d}
        spec:
          chatbotRef: {name: support}
          documents: [%s]
        """
            .formatted(number, documents));
  }

  private void awaitUploads(long count) {
    Awaitility.await(count + " uploads")
        .atMost(OperatorFixture.PATIENCE.multipliedBy(2))
        .until(() -> uploads() >= count);
  }

  /** Returns the number of uploads that the backend accepted. */
  private long uploads() {
    return world.backend().calls().stream()
        .filter(call -> call.endpoint().equals("upload-knowledge") && call.status() < 300)
        .count();
  }
}
