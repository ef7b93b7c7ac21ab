package ai.okchat.operator.chart;

import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.LeapingClock;
import ai.okchat.operator.testing.OperatorFixture;
import ai.okchat.operator.testing.Scrape;
import ai.okchat.operator.testing.TestedOperator;
import java.util.List;
import java.util.Map;
import okhttp3.Interceptor;

/**
 * A run of the operator whose clock leaps five minutes from scrape to scrape, and what Prometheus
 * makes of the scrapes by the rules of the chart.
 */
final class AlertRun {

  private final OperatorFixture world;
  private final LeapingClock clock = new LeapingClock();
  private final Replay replay = new Replay();

  private AlertRun(OperatorFixture world) {
    this.world = world;
  }

  /** A backend is connected. */
  static AlertRun startIn(OperatorFixture world) {
    var run = new AlertRun(world);
    run.start(TestedOperator.NO_FAULT);
    world.connectBackend();
    return run;
  }

  void start(Interceptor everyCall) {
    world.stopOperator();
    world.startOperator(clock, everyCall);
  }

  /** Five minutes for the operator; one poll, and one scrape at the end. */
  void passSteps(int steps) {
    for (var step = 0; step < steps; step++) {
      clock.leap(Replay.STEP);
      world.awaitPolls(1);
      record(scrape());
    }
  }

  void record(Scrape scrape) {
    replay.add(scrape);
  }

  Scrape scrape() {
    return Scrape.of(world.operator().managementPort());
  }

  /**
   * Checks that exactly these alerts fire at the end.
   *
   * @return the message of Prometheus if they do not; otherwise empty
   */
  String firing(List<Map<String, String>> alerts) {
    return replay.firing(alerts);
  }

  static Map<String, String> alert(String name, String kind, Reason reason) {
    return Map.of("alertname", name, "kind", kind, "reason", reason.name());
  }
}
