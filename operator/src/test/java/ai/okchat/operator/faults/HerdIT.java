package ai.okchat.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.localcluster.AuditEvent;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.ApiServerWrites;
import ai.okchat.operator.testing.OperatorFixture;
import ai.okchat.operator.testing.SharedCluster;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many Chatbots that have nothing to do. {@code -Dfaults.herd=5000} makes more of them. */
final class HerdIT {

  private static final int HERD = Integer.getInteger("faults.herd", 1_000);

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  @Test
  @DisplayName("T18 T23 T24: 1,000 Chatbots need one list per interval, also after a restart")
  void sendsOneListPerIntervalForManyChatbots(TestInfo test) {
    // Given
    world.connectBackend();
    applyHerd();
    awaitAllReady();
    assertThat(world.backend().bots()).hasSize(HERD);
    awaitRest();
    world.backend().clearJournal();
    var before = ApiServerWrites.of(world).size();
    var writes = writes();

    // When
    world.awaitPolls(5);

    // Then
    assertThat(world.backend().endpoints()).isEmpty();
    assertThat(ApiServerWrites.of(world)).hasSize(before);
    assertThat(writes).isNotEmpty();
    assertThat(writes().stream().skip(writes.size())).isEmpty();

    // And a restart neither reads nor writes each of them, and serves an edit at once.
    world.stopOperator();
    world.backend().clearJournal();
    world.startOperator();
    world.applyChatbot("bot-7", "greeting: Good day");
    world.awaitReady("bot-7");
    world.awaitPolls(2);
    assertThat(world.backend().endpoints()).containsExactly("get-chatbot", "update-chatbot");
    assertThat(world.backend().count("list-chatbots")).isLessThan(20);
    assertThat(ApiServerWrites.of(world)).hasSize(before + 1);
    FaultReport.record(test, 1, "Chatbots 1000, bots 1000, idle writes 0, idle calls per bot 0");
  }

  /**
   * Returns the writes of all clients but the namespace controller, which may still delete the
   * objects of other tests.
   */
  private static List<AuditEvent> writes() {
    return SharedCluster.get().auditLog().events().stream()
        .filter(AuditEvent::isWrite)
        .filter(event -> event.target().apiGroup().equals("okchat.ai"))
        .filter(event -> !event.userAgent().endsWith("/namespace-controller"))
        .toList();
  }

  private void applyHerd() {
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (var number = 1; number <= HERD; number++) {
        var name = "bot-" + number;
        threads.execute(() -> world.applyChatbot(name, "greeting: Hello"));
      }
    }
  }

  private void awaitAllReady() {
    Awaitility.await("all Ready")
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(500))
        .until(
            () ->
                world
                    .kubernetes()
                    .resources(Chatbot.class)
                    .inNamespace(world.namespace())
                    .list()
                    .getItems()
                    .stream()
                    .allMatch(OperatorFixture::isReady));
  }

  /** Waits until the backend object shows the number of bots, and no reconciliation is left. */
  private void awaitRest() {
    world.awaitBackendReason(Reason.Ready);
    Awaitility.await("count of bots")
        .atMost(Duration.ofSeconds(20))
        .until(() -> Objects.equals(world.backendObject().getStatus().chatbots(), HERD));
    world.awaitPolls(2);
  }
}
