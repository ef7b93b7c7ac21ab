package ai.okchat.benchmark;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Runs all workloads, in an order in which each prepares the next. */
final class Benchmark {

  private static final int WARM_UP = 300;
  private static final double COLD_LEAST = 0.70;
  private static final double WARM_LEAST = 0.85;
  static final Duration EDIT_PAUSE = Duration.ofMillis(50);
  private static final Duration BUSY_EDIT_PAUSE = Duration.ofMillis(150);
  private static final Duration IDLE_EDIT_MARK = Duration.ofMillis(50);
  private static final Duration BUSY_EDIT_MARK = Duration.ofMillis(250);
  private static final int SOURCE_WORKERS = 16;

  private final TestBed bed;
  private final OperatorRun.Command command;
  private final Sizes sizes;
  private final Report report;
  private final HerdWorkload herd;
  private final EditWorkload edits;

  Benchmark(TestBed bed, OperatorRun.Command command, Sizes sizes, Report report) {
    this.bed = bed;
    this.command = command;
    this.sizes = sizes;
    this.report = report;
    this.herd = new HerdWorkload(bed, report);
    this.edits = new EditWorkload(bed);
  }

  void run() {
    new StartWorkload(bed, command, report).run(sizes.starts);
    report.say("Bare client, %,d Chatbots".formatted(sizes.chatbots));
    herd.bare("bare-0", WARM_UP);
    bed.backend().warmUp(WARM_UP);
    var bareBefore = herd.bare(TestBed.BARE, sizes.chatbots);
    var number = 0;
    try (var operator = command.start(TestBed.WATCHED, recording());
        var watch = ReadyWatch.open(bed.api(), TestBed.WATCHED, "chatbots")) {
      operator.awaitReadiness();
      number = applyAtOnce(watch, bareBefore);
      number = grow(operator, watch, number);
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

  /** Applies Chatbots cold and warm; returns the number of all Chatbots. */
  private int applyAtOnce(ReadyWatch watch, Duration bareBefore) {
    var size = sizes.chatbots;
    report.say("%,d Chatbots at once, cold, and again".formatted(size));
    bed.backend().forgetCalls();
    var writes = bed.api().writes();
    var begin = ProcessorTime.now();
    var cold = herd.operated(watch, 1, size);
    var afterCold = ProcessorTime.now();
    herd.countPerChatbot(bed.api().writes() - writes, size);
    var beforeWarm = ProcessorTime.now();
    var warm = herd.operated(watch, size + 1, 2 * size);
    var afterWarm = ProcessorTime.now();
    var bare = bareBefore.plus(herd.bare("bare-2", size)).dividedBy(2);
    var afterBare = ProcessorTime.now();
    compare("applied at once, cold", cold, bare, COLD_LEAST);
    compare("applied at once, warm", warm, bare, WARM_LEAST);
    reportProcessors("cold", afterCold.since(begin));
    reportProcessors("warm", afterWarm.since(beforeWarm));
    reportProcessors("by the bare client", afterBare.since(afterWarm));
    return 2 * size;
  }

  private void reportProcessors(String which, String seconds) {
    report.add(Figure.told("applied at once, " + which, "processor seconds", seconds));
  }

  private void compare(String workload, Duration time, Duration bare, double least) {
    report.add(
        Figure.compared(
            workload,
            "%,d Chatbots until all are Ready".formatted(sizes.chatbots),
            Spread.millis(time) / 1_000,
            Spread.millis(bare) / 1_000,
            least));
  }

  /** Creates the Chatbots of each step; edits run during the last step. */
  private int grow(OperatorRun operator, ReadyWatch watch, int from) {
    var number = from;
    for (var step : sizes.growth) {
      var isLast = step.equals(sizes.growth.getLast());
      var first = number + 1;
      var growing = CompletableFuture.supplyAsync(() -> herd.operated(watch, first, step));
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
            .withRaw(both.bare().text()));
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
