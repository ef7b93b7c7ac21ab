package ai.okchat.operator.faults;

import ai.okchat.operator.testing.OperatorFixture;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The operator's process killed at random moments. {@code -Dfaults.kills=1000} kills as often;
 * {@code -Dfaults.seed} repeats a run's changes and delays.
 */
final class KilledProcessIT {

  private static final int KILLS = Integer.getInteger("faults.kills", 40);

  private static final int TOLD_EVERY = 20;

  @RegisterExtension final OperatorFixture one = new OperatorFixture();
  @RegisterExtension final OperatorFixture other = new OperatorFixture();

  @Test
  @DisplayName(
      "T1: a process that is killed at random moments of create, update, ingest and delete loses"
          + " nothing")
  void killsNeitherLoseNorDuplicateBots(TestInfo test, TestReporter reporter)
      throws InterruptedException, ExecutionException {
    // Given
    var seed = Long.getLong("faults.seed", System.nanoTime());
    reporter.publishEntry("faults.seed", Long.toString(seed));
    var lanes = List.of(new KilledDuringList(one, seed), new KilledDuringList(other, seed + 1));

    // When
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var runs =
          lanes.stream()
              .<Future<?>>map(lane -> threads.submit(() -> kill(lane, reporter)))
              .toList();
      for (var run : runs) {
        run.get();
      }
    }

    // Then
    lanes.forEach(KilledDuringList::assertNothingIsLost);
    FaultReport.record(
        test,
        KILLS,
        "bots per Chatbot 1, orphans 0, foreign bots changed 0, copies per document 1");
  }

  private static void kill(KilledDuringList lane, TestReporter reporter) {
    for (var number = 1; number <= KILLS / 2; number++) {
      lane.killOne();
      if (number % TOLD_EVERY == 0) {
        reporter.publishEntry("so far", lane.told());
      }
    }
  }
}
