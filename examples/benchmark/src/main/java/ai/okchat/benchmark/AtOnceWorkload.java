package ai.okchat.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Applies many Chatbots at once, to a new process (cold) and to the same process again (warm). The
 * operator, the Go controller and the bare client do so in turns, never at the same time.
 */
final class AtOnceWorkload {

  private static final double COLD_LEAST = 0.70;
  private static final double WARM_LEAST = 0.85;
  private static final double GO_LEAST = 1.0;

  private final TestBed bed;
  private final OperatorRun.Command command;
  private final Optional<Path> go;
  private final Sizes sizes;
  private final HerdWorkload herd;
  private final Report report;
  private final List<Measured> bareTurns = new ArrayList<>();
  private final List<Turn> goTurns = new ArrayList<>();
  private final List<Turn> operatorTurns = new ArrayList<>();

  /**
   * The figures of one process.
   *
   * @param writes to the API server for each Chatbot
   * @param calls requests to the backend for each Chatbot, without lists
   * @param lists all lists of the backend
   */
  private record Turn(Measured cold, Measured warm, double writes, double calls, long lists) {}

  /**
   * @param go the program of the Go controller; empty if it was not built
   */
  AtOnceWorkload(
      TestBed bed, OperatorRun.Command command, Optional<Path> go, Sizes sizes, Report report) {
    this.bed = bed;
    this.command = command;
    this.go = go;
    this.sizes = sizes;
    this.herd = new HerdWorkload(bed);
    this.report = report;
  }

  /** Returns the operator of the last run, which watches {@link TestBed#WATCHED}. */
  OperatorRun run(List<String> recording) {
    report.say(
        "%,d Chatbots at once, cold and warm, %d times".formatted(sizes.chatbots, sizes.runs));
    applyByBareClient();
    for (var run = 1; run < sizes.runs; run++) {
      applyByGoController(run);
      var namespace = TestBed.WATCHED + "-" + run;
      bed.createNamespace(namespace, Backend.keyOf(run));
      applyByOperator(namespace, List.of()).close();
    }
    applyByGoController(sizes.runs);
    var operator = applyByOperator(TestBed.WATCHED, recording);
    reportAll();
    return operator;
  }

  private void applyByBareClient() {
    var namespace = "bare-" + (bareTurns.size() + 1);
    bed.createNamespace(namespace, Backend.KEY);
    ProcessorTime.awaitRest();
    var begin = ProcessorTime.now();
    var time = herd.bare(namespace, sizes.chatbots);
    bareTurns.add(measured(time, begin));
  }

  private void applyByGoController(int run) {
    go.ifPresent(
        program -> {
          var namespace = "go-" + run;
          bed.createNamespace(namespace, Backend.GO_KEY);
          ProcessorTime.awaitRest();
          try (var controller = GoController.start(program, bed, namespace)) {
            controller.awaitReadiness();
            goTurns.add(apply(namespace));
          }
          applyByBareClient();
        });
  }

  private OperatorRun applyByOperator(String namespace, List<String> recording) {
    ProcessorTime.awaitRest();
    var operator = command.start(namespace, recording);
    operator.awaitReadiness();
    operatorTurns.add(apply(namespace));
    applyByBareClient();
    return operator;
  }

  private Turn apply(String namespace) {
    var size = sizes.chatbots;
    try (var watch = ReadyWatch.open(bed.api(), namespace, "chatbots")) {
      bed.backend().forgetCalls();
      var before = bed.api().writes();
      var begin = ProcessorTime.now();
      var cold = measured(herd.operated(namespace, watch, 1, size), begin);
      var writes = bed.api().writes() - before - size;
      var calls = bed.backend().calls();
      var lists = calls.stream().filter(call -> call.endpoint().equals("list-chatbots")).count();
      var beginWarm = ProcessorTime.now();
      var warm = measured(herd.operated(namespace, watch, size + 1, 2 * size), beginWarm);
      return new Turn(
          cold, warm, writes / (double) size, (calls.size() - lists) / (double) size, lists);
    }
  }

  private Measured measured(Duration time, ProcessorTime begin) {
    return new Measured(time, ProcessorTime.now().since(begin).forThousand(sizes.chatbots));
  }

  private void reportAll() {
    reportCounts(operatorTurns.getLast());
    var bare = Measured.median(bareTurns, turn -> turn);
    var cold = Measured.median(operatorTurns, Turn::cold);
    var warm = Measured.median(operatorTurns, Turn::warm);
    compare("cold", cold, Peer.BARE_CLIENT, bare, COLD_LEAST);
    compare("warm", warm, Peer.BARE_CLIENT, bare, WARM_LEAST);
    if (!goTurns.isEmpty()) {
      compare("cold", cold, Peer.GO_CONTROLLER, Measured.median(goTurns, Turn::cold), GO_LEAST);
      compare("warm", warm, Peer.GO_CONTROLLER, Measured.median(goTurns, Turn::warm), GO_LEAST);
    }
  }

  private void compare(String state, Measured operator, Peer peer, Measured other, double least) {
    var workload = "applied at once, " + state;
    var until = "%,d Chatbots until all are Ready".formatted(sizes.chatbots) + median();
    report.add(Figure.compared(workload, until, operator.seconds(), peer, other.seconds(), least));
    report.add(
        Figure.told(
                workload,
                "processor seconds for 1,000 Chatbots" + median(),
                operator.processors().text())
            .beside(peer, other.processors().text()));
  }

  private String median() {
    return sizes.runs == 1 ? "" : ", median of " + sizes.runs;
  }

  private void reportCounts(Turn operator) {
    var writes =
        Figure.marked(
            "applied at once",
            "API server writes for each Chatbot",
            "%.3f".formatted(operator.writes()),
            "2",
            Math.abs(operator.writes() - 2) < 0.01);
    report.add(
        goTurns.isEmpty()
            ? writes
            : writes.beside(Peer.GO_CONTROLLER, "%.3f".formatted(goTurns.getLast().writes())));
    report.add(
        Figure.marked(
            "applied at once",
            "backend calls for each Chatbot, and lists in all",
            "%.3f, %d".formatted(operator.calls(), operator.lists()),
            "1, no list for each",
            Math.round(operator.calls() * 100) == 100
                && operator.lists() < sizes.chatbots / 20 + 5));
  }
}
