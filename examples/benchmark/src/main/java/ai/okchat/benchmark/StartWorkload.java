package ai.okchat.benchmark;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Measures the time from the start of the process to its first backend request. */
record StartWorkload(TestBed bed, OperatorRun.Command command, Report report) {

  private static final Duration MARK = Duration.ofMillis(1_500);

  void run(int times) {
    report.say("Starts with one Chatbot");
    bed.api().create(Manifests.API + TestBed.SMALL + "/chatbots", Manifests.chatbot(0));
    var spread = new Spread(IntStream.range(0, times).mapToObj(_ -> start()).toList());
    var median = spread.percentile(50);
    report.add(
        Figure.marked(
            "start of the process",
            "to the first pass, median of " + times,
            "%.0f ms".formatted(Spread.millis(median)),
            "under 1,500 ms",
            median.compareTo(MARK) < 0));
  }

  private Duration start() {
    bed.backend().forgetCalls();
    try (var operator = command.start(TestBed.SMALL, List.of())) {
      Wait.until("the first call", () -> !bed.backend().calls().isEmpty());
      var first = bed.backend().calls().getFirst().at();
      operator.awaitReadiness();
      return Duration.between(operator.program().started(), first);
    }
  }
}
