package ai.okchat.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Measures objects in sync, for which the operator only polls. */
record IdleWorkload(TestBed bed, Report report) {

  private static final int INTERVALS = 5;
  private static final Duration SAMPLE = Duration.ofSeconds(1);

  /** Time after a list request during which the operator processes the list. */
  private static final Duration POLL_WORK = Duration.ofSeconds(3);

  /** Processor time of one second. */
  private record Sample(Instant at, Duration cpu) {}

  void run(OperatorRun operator, Duration pollInterval) {
    Wait.pause(pollInterval.multipliedBy(2));
    bed.backend().forgetCalls();
    var writes = bed.api().writes();
    var samples = new ArrayList<Sample>();
    var seconds = INTERVALS * pollInterval.toSeconds();
    var before = operator.cpu();
    for (var second = 0; second < seconds; second++) {
      Wait.pause(SAMPLE);
      var now = operator.cpu();
      samples.add(new Sample(Instant.now(), now.minus(before)));
      before = now;
    }
    report(bed.api().writes() - writes, samples);
  }

  private void report(long writes, List<Sample> samples) {
    var calls = bed.backend().calls();
    var lists = calls.stream().filter(call -> call.endpoint().equals("list-chatbots")).toList();
    report.add(
        Figure.marked("in sync", "API server writes", Long.toString(writes), "0", writes == 0));
    report.add(
        Figure.marked(
            "in sync",
            "backend calls in %d intervals".formatted(INTERVALS),
            "%d, %d of them lists".formatted(calls.size(), lists.size()),
            "1 list for each",
            calls.size() == lists.size() && lists.size() <= INTERVALS + 1));
    var between =
        samples.stream()
            .filter(sample -> lists.stream().noneMatch(list -> isNear(sample, list)))
            .toList();
    var share = share(between);
    report.add(
        Figure.marked(
            "in sync",
            "share of a processor between polls",
            "%.2f %%".formatted(share),
            "under 2 %",
            share < 2));
    report.add(
        Figure.told("in sync", "share of a processor in all", "%.2f %%".formatted(share(samples))));
  }

  private static boolean isNear(Sample sample, Backend.Call list) {
    return sample.at().isAfter(list.at()) && sample.at().isBefore(list.at().plus(POLL_WORK));
  }

  private static double share(List<Sample> samples) {
    var nanos = samples.stream().mapToLong(sample -> sample.cpu().toNanos()).sum();
    return samples.isEmpty() ? 0 : 100.0 * nanos / (SAMPLE.toNanos() * samples.size());
  }
}
