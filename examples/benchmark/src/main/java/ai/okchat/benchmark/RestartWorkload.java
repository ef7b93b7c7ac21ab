package ai.okchat.benchmark;

import java.time.Duration;
import java.util.List;

/** Measures a restart with many objects that are all in sync. */
record RestartWorkload(TestBed bed, OperatorRun.Command command, Report report) {

  private static final Duration MARK = Duration.ofSeconds(30);
  private static final int MOST_MEBIBYTES = 350;
  private static final String NAME = "restart";

  /** Returns the running operator. */
  OperatorRun run(int chatbots, int sources, Duration pollInterval) {
    var objects = "%,d Chatbots and %,d KnowledgeSources".formatted(chatbots, sources);
    report.say("Restart with " + objects);
    bed.backend().forgetCalls();
    var writes = bed.api().writes();
    var begin = System.nanoTime();
    var operator = command.start(TestBed.WATCHED, List.of());
    Wait.until(
        "all reconciled",
        Duration.ofSeconds(1),
        () -> {
          var ready = operator.readyReconciliations();
          return ready.getOrDefault("Chatbot", 0L) >= chatbots
              && ready.getOrDefault("KnowledgeSource", 0L) >= sources;
        });
    var time = Duration.ofNanos(System.nanoTime() - begin);
    Wait.pause(pollInterval.multipliedBy(2));
    report.add(
        Figure.marked(
            NAME,
            "until all are reconciled, " + objects,
            "%.1f s".formatted(Spread.millis(time) / 1_000),
            "under 30 s",
            time.compareTo(MARK) < 0));
    report(bed.api().writes() - writes);
    var mebibytes = operator.mebibytes();
    report.add(
        Figure.marked(
            NAME,
            "resident memory after it",
            mebibytes + " MiB",
            "under %d MiB".formatted(MOST_MEBIBYTES),
            mebibytes < MOST_MEBIBYTES));
    return operator;
  }

  private void report(long statusWrites) {
    var calls = bed.backend().calls();
    var backendWrites =
        calls.stream()
            .map(Backend.Call::endpoint)
            .filter(endpoint -> !endpoint.startsWith("list-") && !endpoint.startsWith("get-"))
            .count();
    report.add(
        Figure.marked(
            NAME, "backend writes", Long.toString(backendWrites), "0", backendWrites == 0));
    report.add(
        Figure.marked(
            NAME, "API server writes", Long.toString(statusWrites), "0", statusWrites == 0));
    report.add(Figure.told(NAME, "backend reads", Integer.toString(calls.size())));
  }
}
