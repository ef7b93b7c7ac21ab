package ai.okchat.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.testing.OperatorFixture;
import ai.okchat.operator.testing.OperatorProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged operator with the memory of the chart's Pod, and two namespaces: the user of one
 * edits, the user of the other applies hostile inputs. A second operator, which serves only a
 * namespace with the same edits at the same time, is the control: the two share the load of the
 * machine and differ in the hostile inputs. {@code -Dnoise.seconds=30} takes longer for each input,
 * {@code -Dnoise.together=3600} for all of them at once, and {@code -Dnoise.only=git} applies only
 * inputs with this word before that.
 */
final class NoisyNeighbourIT {

  private static final Duration EACH = Duration.ofSeconds(Integer.getInteger("noise.seconds", 4));
  private static final Duration TOGETHER =
      Duration.ofSeconds(Integer.getInteger("noise.together", 10));
  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final long OFTEN_SECONDS = 2;
  private static final int REFRESHES = 60;

  /** Classes, caches and buffers of the parts that an input uses first. */
  private static final long LEFT = 16L << 20;

  private static final String ONLY = System.getProperty("noise.only", "");
  private static final Path TABLE = Path.of("target", "noisy-neighbours.md");

  @RegisterExtension final OperatorFixture quiet = new OperatorFixture();
  @RegisterExtension final OperatorFixture control = new OperatorFixture();
  @RegisterExtension final OperatorFixture noisy = new OperatorFixture();

  @AutoClose private final HostileServer server = new HostileServer();
  private final QuietNamespace edits = new QuietNamespace(quiet);
  private final QuietNamespace controlEdits = new QuietNamespace(control);
  @AutoClose private SimilarFiles similar;
  private NoisyNamespace noise;
  private final List<Row> rows = new ArrayList<>();

  /**
   * Effect of one input.
   *
   * @param reasons how often the condition Ready had each of them
   * @param liveBytes on the heap after the input was removed
   */
  private record Row(String input, SortedMap<String, Long> reasons, Times times, long liveBytes) {

    String line() {
      return "| %s | %s | %d edits, p99 %.2f times the control | %.1f MiB |"
          .formatted(
              input,
              reasons.entrySet().stream()
                  .map(reason -> "%s %d".formatted(reason.getKey(), reason.getValue()))
                  .collect(Collectors.joining(", ")),
              times.beside().count(),
              times.ratio(),
              liveBytes / 1048576.0);
    }
  }

  /** Edits at the same time: in the operator with the hostile inputs, and in the control. */
  private record Times(EditTimes beside, EditTimes control) {

    static final Times NONE = new Times(new EditTimes(List.of()), new EditTimes(List.of()));

    Times and(Times more) {
      return new Times(beside.and(more.beside), control.and(more.control));
    }

    double ratio() {
      return (double) beside.p99().toNanos() / control.p99().toNanos();
    }
  }

  @BeforeEach
  void serve(@TempDir Path folder) throws Exception {
    similar = SimilarFiles.in(folder);
    noise = new NoisyNamespace(noisy, server, similar);
  }

  @Test
  @DisplayName(
      "T61 T62 T63 T64 T65 T67 T68 T71 T54: hostile inputs of one namespace stop neither the"
          + " process nor the edits of another, and keep nothing on the heap")
  void servesOneNamespaceBesideHostileInputsOfAnother(TestInfo test, TestReporter reporter)
      throws Exception {
    // Given
    quiet.stopOperator();
    noisy.stopOperator();
    control.stopOperator();
    try (var operator =
            OperatorProcess.startAsPod(
                quiet.namespace(), Set.of(quiet.namespace(), noisy.namespace()));
        var _ = OperatorProcess.startAsPod(control.namespace(), Set.of(control.namespace()))) {
      edits.create();
      controlEdits.create();
      noise.create();
      edit(after(WARM_UP)); // The first edits compile the operator.
      var before = operator.liveBytes();

      // When
      for (var input : noise.inputs()) {
        if (input.name().contains(ONLY)) {
          row(operator, input, EACH, before);
        }
      }
      row(operator, noise.allAtOnce(), TOGETHER, before);
    } finally {
      report(reporter);
    }

    // Then
    var all = all();
    assertThat(all.ratio()).as("p99 of all edits, times the control").isLessThan(2);
    assertThat(rows)
        .allSatisfy(
            row ->
                assertThat(row.times().beside().longest())
                    .as(row.line())
                    .isLessThan(all.control().longest().multipliedBy(2)));
    FaultReport.record(
        test, rows.size(), "processes ended 0, edits that did not arrive 0, content kept 0");
  }

  private void row(OperatorProcess operator, NoisyNamespace.Input input, Duration time, long before)
      throws InterruptedException, ExecutionException {
    var reasons = new ConcurrentSkipListMap<String, Long>();
    Times times;
    try (var user = Executors.newSingleThreadScheduledExecutor()) {
      var applied = user.submit(input.apply());
      // etcd keeps every version of the large specs for five minutes.
      var seconds = Math.max(OFTEN_SECONDS, time.toSeconds() / REFRESHES);
      var refreshes =
          user.scheduleWithFixedDelay(
              () -> refresh(input, reasons), seconds, seconds, TimeUnit.SECONDS);
      var isOver = after(time);
      times = edit(() -> isOver.getAsBoolean() && (!reasons.isEmpty() || refreshes.isDone()));
      applied.get();
      user.shutdownNow();
    }
    assertThat(operator.isAlive()).as(operator.output()).isTrue();
    assertThat(input.isReported(reasons)).as(input.name()).isTrue();
    noise.clear();
    var live = awaitEmptyHeap(operator, before + LEFT);
    rows.add(new Row(input.name(), reasons, times, live));
  }

  /** Asks for all sources again; a fetch that has not ended yet would begin again. */
  private void refresh(NoisyNamespace.Input input, ConcurrentSkipListMap<String, Long> reported) {
    var reasons = noise.reasons();
    if (input.isReported(reasons)) {
      reported.putAll(reasons);
      noise.refresh();
    }
  }

  private static long awaitEmptyHeap(OperatorProcess operator, long most) {
    return Awaitility.await("heap of at most %d bytes".formatted(most))
        .atMost(OperatorFixture.PATIENCE)
        .until(operator::liveBytes, live -> live <= most);
  }

  private Times all() {
    return rows.stream().map(Row::times).reduce(Times.NONE, Times::and);
  }

  private Times edit(BooleanSupplier isOver) throws InterruptedException, ExecutionException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var alone = threads.submit(() -> controlEdits.edit(isOver));
      return new Times(edits.edit(isOver), alone.get());
    }
  }

  private static BooleanSupplier after(Duration time) {
    var end = Instant.now().plus(time);
    return () -> Instant.now().isAfter(end);
  }

  private void report(TestReporter reporter) throws IOException {
    var table = new ArrayList<String>();
    table.add("| input | Ready says | edits of the other namespace | heap in use afterwards |");
    table.add("|---|---|---|---|");
    rows.stream().map(Row::line).forEach(table::add);
    Files.write(TABLE, table);
    var all = all();
    reporter.publishEntry(
        "all edits",
        "%d, p99 %.2f times the control, longest %s, %s"
            .formatted(
                all.beside().count(),
                all.ratio(),
                all.beside().longest(),
                all.control().longest()));
    reporter.publishEntry("table", "\n" + String.join("\n", table));
  }
}
