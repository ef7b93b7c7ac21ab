package ai.okchat.operator;

import ai.okchat.operator.management.ManagementServer;
import ai.okchat.operator.management.SelfCheck;
import ai.okchat.operator.management.SelfCheck.Part;
import ai.okchat.operator.metrics.OperatorMetrics;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.health.InformerWrappingEventSourceHealthIndicator;
import io.javaoperatorsdk.operator.processing.Controller;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** Health and metrics of an operator, and the port on which they are read. */
final class Supervision implements AutoCloseable {

  /** Longer than any pass takes, whatever the backend does. */
  private static final Duration LONGEST_STANDSTILL = Duration.ofMinutes(10);

  private final SelfCheck selfCheck;
  private final ManagementServer server;
  private final OperatorMetrics metrics;
  private final AtomicBoolean inSync;

  private Supervision(
      SelfCheck selfCheck, ManagementServer server, OperatorMetrics metrics, AtomicBoolean inSync) {
    this.selfCheck = selfCheck;
    this.server = server;
    this.metrics = metrics;
    this.inSync = inSync;
  }

  /**
   * Serves from before the start of the operator until it is closed.
   *
   * @throws IOException if the port is taken
   */
  static Supervision start(int port, Operator operator, OperatorMetrics metrics, Clock clock)
      throws IOException {
    var controllers = controllers(operator);
    // The framework answers no question before its start ends.
    var inSync = new AtomicBoolean();
    var parts =
        Stream.concat(
                controllers.stream().map(Supervision::events),
                Stream.of(
                    new Part("passes", () -> !metrics.isStuck(LONGEST_STANDSTILL)),
                    new Part(
                        "informers", () -> !inSync.get() || !haveStoppedInformer(controllers))))
            .toList();
    var selfCheck = SelfCheck.start(parts, clock);
    try {
      var server =
          ManagementServer.start(
              port,
              selfCheck::standstill,
              () -> whyNotReady(inSync.get(), controllers),
              metrics::scrape);
      return new Supervision(selfCheck, server, metrics, inSync);
    } catch (IOException e) {
      selfCheck.close();
      throw e;
    }
  }

  /** The informers are in sync: the operator has started. */
  void inSync() {
    inSync.set(true);
  }

  int port() {
    return server.port();
  }

  @Override
  public void close() {
    selfCheck.close();
    metrics.close();
    server.close();
  }

  private static List<Controller<?>> controllers(Operator operator) {
    return operator.getRegisteredControllers().stream()
        .<Controller<?>>map(it -> (Controller<?>) it)
        .toList();
  }

  /** Waits for the lock that each event of the kind needs. */
  private static Part events(Controller<?> controller) {
    var loop = controller.getEventProcessor();
    var kind = HasMetadata.getKind(controller.getConfiguration().getResourceClass());
    return new Part(
        "events of " + kind,
        () -> {
          var _ = loop.isRunning();
          return true;
        });
  }

  /** A watch that is cut comes back by itself; an informer that has given up does not. */
  private static boolean haveStoppedInformer(List<Controller<?>> controllers) {
    return controllers.stream()
        .flatMap(
            it ->
                it
                    .getControllerHealthInfo()
                    .unhealthyInformerEventSourceHealthIndicators()
                    .values()
                    .stream())
        .anyMatch(Supervision::hasStopped);
  }

  private static boolean hasStopped(InformerWrappingEventSourceHealthIndicator<?> source) {
    return source.informerHealthIndicators().values().stream().anyMatch(it -> !it.isRunning());
  }

  private static Optional<String> whyNotReady(boolean inSync, List<Controller<?>> controllers) {
    if (!inSync) {
      return Optional.of("informers are not in sync yet");
    }
    return controllers.stream()
            .allMatch(it -> it.getControllerHealthInfo().unhealthyEventSources().isEmpty())
        ? Optional.empty()
        : Optional.of("informers have lost the API server");
  }
}
