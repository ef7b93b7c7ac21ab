package ai.okchat.operator;

import ai.okchat.operator.health.HealthEndpoints;
import ai.okchat.operator.health.LivenessCheck;
import ai.okchat.operator.health.LivenessCheck.Part;
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

/** Serves health and metrics of an operator on the management port. */
final class ManagementEndpoints implements AutoCloseable {

  /** Longer than all reconciliations of a kind take, even if a backend does not respond. */
  private static final Duration LONGEST_STANDSTILL = Duration.ofMinutes(10);

  /**
   * Longer than all bounded phases of one reconciliation together: about twenty requests of at most
   * ten minutes each. A tenant can reach it only with a backend that drips or admits hardly any
   * request, so it is not shorter: the process restarts then.
   */
  private static final Duration LONGEST_RECONCILIATION = Duration.ofHours(6);

  private final LivenessCheck selfCheck;
  private final HealthEndpoints server;
  private final OperatorMetrics metrics;
  private final AtomicBoolean inSync;

  private ManagementEndpoints(
      LivenessCheck selfCheck,
      HealthEndpoints server,
      OperatorMetrics metrics,
      AtomicBoolean inSync) {
    this.selfCheck = selfCheck;
    this.server = server;
    this.metrics = metrics;
    this.inSync = inSync;
  }

  /**
   * Serves from before the start of the operator until {@link #close}.
   *
   * @throws IOException if the port is in use
   */
  static ManagementEndpoints start(
      int port, Operator operator, OperatorMetrics metrics, Clock clock) throws IOException {
    var controllers = controllers(operator);
    // The framework reports no health before its start has finished.
    var inSync = new AtomicBoolean();
    var parts =
        Stream.concat(
                controllers.stream().map(ManagementEndpoints::events),
                Stream.of(
                    new Part("reconciliations", () -> !metrics.isStuck(LONGEST_STANDSTILL)),
                    new Part(
                        "informers", () -> !inSync.get() || !haveStoppedInformer(controllers))))
            .toList();
    var selfCheck = LivenessCheck.start(parts, clock);
    try {
      var server =
          HealthEndpoints.start(
              port,
              () -> selfCheck.stalledParts().or(() -> metrics.overdue(LONGEST_RECONCILIATION)),
              () -> whyNotReady(inSync.get(), controllers),
              metrics::scrape);
      return new ManagementEndpoints(selfCheck, server, metrics, inSync);
    } catch (IOException e) {
      selfCheck.close();
      throw e;
    }
  }

  /** Records that the informers are in sync: the operator has started. */
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
        .<Controller<?>>map(controller -> (Controller<?>) controller)
        .toList();
  }

  /** Returns a check that waits for the lock that each event of the kind needs. */
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

  /**
   * Returns whether an informer has stopped. An informer restores a watch that was cut, but it does
   * not restart after it has stopped.
   */
  private static boolean haveStoppedInformer(List<Controller<?>> controllers) {
    return controllers.stream()
        .flatMap(
            controller ->
                controller
                    .getControllerHealthInfo()
                    .unhealthyInformerEventSourceHealthIndicators()
                    .values()
                    .stream())
        .anyMatch(ManagementEndpoints::hasStopped);
  }

  private static boolean hasStopped(InformerWrappingEventSourceHealthIndicator<?> source) {
    return source.informerHealthIndicators().values().stream()
        .anyMatch(informer -> !informer.isRunning());
  }

  private static Optional<String> whyNotReady(boolean inSync, List<Controller<?>> controllers) {
    if (!inSync) {
      return Optional.of("informers are not in sync yet");
    }
    return controllers.stream()
            .allMatch(
                controller ->
                    controller.getControllerHealthInfo().unhealthyEventSources().isEmpty())
        ? Optional.empty()
        : Optional.of("informers cannot reach the API server");
  }
}
