package ai.okchat.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Runs all workloads, in an order in which each prepares the next. */
final class Benchmark {

  private static final int WARM_UP = 300;
  static final Duration EDIT_PAUSE = Duration.ofMillis(50);
  private static final Duration BUSY_EDIT_PAUSE = Duration.ofMillis(150);
  private static final Duration IDLE_EDIT_MARK = Duration.ofMillis(50);
  private static final Duration BUSY_EDIT_MARK = Duration.ofMillis(250);
  private static final int SOURCE_WORKERS = 16;

  private final TestBed bed;
  private final OperatorRun.Command command;
  private final Optional<Path> go;
  private final Sizes sizes;
  private final Report report;
  private final HerdWorkload herd;
  private final EditWorkload edits;

  /**
   * @param go the program of the Go controller; empty if it was not built
   */
  Benchmark(
      TestBed bed, OperatorRun.Command command, Optional<Path> go, Sizes sizes, Report report) {
    this.bed = bed;
    this.command = command;
    this.go = go;
    this.sizes = sizes;
    this.report = report;
    this.herd = new HerdWorkload(bed);
    this.edits = new EditWorkload(bed);
  }

  void run() {
    new StartWorkload(bed, command, report).run(sizes.starts);
    herd.bare(TestBed.WARM_UP, WARM_UP);
    bed.backend().warmUp(WARM_UP);
    var number = 0;
    try (var operator = new AtOnceWorkload(bed, command, go, sizes, report).run(recording());
        var watch = ReadyWatch.open(bed.api(), TestBed.WATCHED, "chatbots")) {
      number = grow(operator, watch, 2 * sizes.chatbots);
      editWhenIdle();
      report.say("%,d Chatbots in sync".formatted(number));
      new IdleWorkload(bed, report).run(operator, sizes.pollInterval());
      learn(operator, number);
    }
    try (var operator =
        new RestartWorkload(bed, command, report)
            .run(number, sizes.sources, sizes.pollInterval())) {
      new DocumentsWorkload(bed, report).run(operator, sizes.documents, sizes.chatbots);
      new AccountWorkload(bed, edits, report).run(operator, sizes);
    }
  }

  private List<String> recording() {
    return sizes.recording.toString().isEmpty()
        ? List.of()
        : List.of(
            "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename="
                + sizes.recording.toAbsolutePath());
  }

  /** Creates the Chatbots of each step; edits run during the last step. */
  private int grow(OperatorRun operator, ReadyWatch watch, int from) {
    var number = from;
    for (var step : sizes.growth) {
      var isLast = step.equals(sizes.growth.getLast());
      var first = number + 1;
      var growing =
          CompletableFuture.supplyAsync(() -> herd.operated(TestBed.WATCHED, watch, first, step));
      if (isLast) {
        editWhile(growing, step - number);
      }
      reportGrowth(operator, growing.join(), first, step);
      number = step;
    }
    return number;
  }

  private void reportGrowth(OperatorRun operator, Duration time, int first, int last) {
    report.add(
        Figure.told(
            "growth",
            "%,d to %,d Chatbots".formatted(first - 1, last),
            "%.2f s for 1,000, %d MiB resident"
                .formatted(Spread.millis(time) / (last - first + 1), operator.mebibytes())));
  }

  private void editWhile(CompletableFuture<Duration> growing, int others) {
    reportEdits(
        "one edit while %,d others are created".formatted(others),
        edits.sideBySide(_ -> !growing.isDone(), sizes.chatbots, BUSY_EDIT_PAUSE),
        BUSY_EDIT_MARK);
  }

  private void editWhenIdle() {
    report.say("%d edits".formatted(sizes.edits));
    reportEdits(
        "one edit, idle",
        edits.sideBySide(number -> number <= sizes.edits, sizes.chatbots, EDIT_PAUSE),
        IDLE_EDIT_MARK);
  }

  private void reportEdits(String workload, EditWorkload.Both both, Duration mark) {
    var operated = both.operated();
    report.add(
        Figure.marked(
                workload,
                "spec write to PATCH, p99",
                operated.text(),
                "under %d ms".formatted(mark.toMillis()),
                operated.percentile(99).compareTo(mark) < 0)
            .beside(Peer.BARE_CLIENT, both.bare().text()));
  }

  private void learn(OperatorRun operator, int bots) {
    report.say("%,d KnowledgeSources".formatted(sizes.sources));
    var path = Manifests.API + TestBed.WATCHED + "/knowledgesources";
    try (var watch = ReadyWatch.open(bed.api(), TestBed.WATCHED, "knowledgesources")) {
      var begin = System.nanoTime();
      Workers.each(
          SOURCE_WORKERS,
          1,
          sizes.sources,
          number -> bed.api().create(path, Manifests.knowledge(number, 1 + number % bots)));
      var time = Duration.ofNanos(watch.await(sizes.sources) - begin);
      report.add(
          Figure.told(
              "growth",
              "%,d KnowledgeSources of one document".formatted(sizes.sources),
              "%.2f s for 1,000, %d MiB resident"
                  .formatted(Spread.millis(time) / sizes.sources, operator.mebibytes())));
    }
  }
}
