package ai.okchat.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ClusterChatbotBackend;
import ai.okchat.operator.testing.MovingClock;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The reconciliation that never returns, as the liveness probe names it. */
final class OperatorMetricsTest {

  private static final Duration LIMIT = Duration.ofHours(1);

  private final MovingClock clock = new MovingClock();
  @AutoClose private final OperatorMetrics metrics = new OperatorMetrics(clock, () -> true);

  @Test
  void namesTheReconciliationThatDoesNotEnd() {
    // Given
    start(named(new Chatbot(), "team", "support"));
    clock.pass(LIMIT.plusSeconds(1));

    // When: others of the kind and of another kind end.
    run(named(new Chatbot(), "team", "sales"));
    start(named(new ClusterChatbotBackend(), null, "shared"));

    // Then
    assertThat(metrics.overdue(LIMIT))
        .contains(
            "the reconciliation of Chatbot team/support has been running since"
                + " 2026-03-01T08:00:00Z");
  }

  @Test
  void namesAnObjectWithoutANamespace() {
    // Given
    start(named(new ClusterChatbotBackend(), null, "shared"));

    // When
    clock.pass(LIMIT.plusSeconds(1));

    // Then
    assertThat(metrics.overdue(LIMIT))
        .contains(
            "the reconciliation of ClusterChatbotBackend shared has been running since"
                + " 2026-03-01T08:00:00Z");
  }

  @Test
  void namesNoReconciliationThatEnded() {
    // Given
    run(named(new Chatbot(), "team", "support"));

    // When
    clock.pass(LIMIT.plusSeconds(1));

    // Then
    assertThat(metrics.overdue(LIMIT)).isEmpty();
  }

  private void run(HasMetadata object) {
    start(object);
    metrics.reconciliations().reconciliationFinished(object, null, Map.of());
  }

  private void start(HasMetadata object) {
    metrics.reconciliations().reconciliationStarted(object, Map.of());
  }

  private static HasMetadata named(HasMetadata object, @Nullable String namespace, String name) {
    object.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(namespace)
            .withName(name)
            .withUid("uid-of-" + name)
            .build());
    return object;
  }
}
