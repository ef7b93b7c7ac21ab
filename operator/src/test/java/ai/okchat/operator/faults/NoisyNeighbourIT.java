package ai.okchat.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.OperatorProcess;
import ai.okchat.operator.testing.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The packaged operator with the memory of the chart's Pod, and two namespaces: the user of one
 * edits, the user of the other applies hostile inputs. {@code -Dnoise.seconds=30} takes longer for
 * each input, {@code -Dnoise.together=3600} for all of them at once, and {@code -Dnoise.only=git}
 * applies only inputs with this word before that.
 */
final class NoisyNeighbourIT {

  private static final Duration EACH = Duration.ofSeconds(Integer.getInteger("noise.seconds", 4));
  private static final Duration TOGETHER =
      Duration.ofSeconds(Integer.getInteger("noise.together", 10));
  private static final Duration BASELINE = Duration.ofSeconds(5);
  private static final Duration BETWEEN = Duration.ofSeconds(1);
  private static final long REFRESH_SECONDS = 2;

  /** Classes, caches and buffers of the parts that an input uses first. */
  private static final long LEFT = 16L << 20;

  private static final String ONLY = System.getProperty("noise.only", "");
  private static final String ALL = "all at once";
  private static final Path TABLE = Path.of("target", "noisy-neighbours.md");

  @RegisterExtension final World quiet = new World();
  @RegisterExtension final World noisy = new World();

  @AutoClose private final HostileServer server = new HostileServer();
  private final QuietNamespace edits = new QuietNamespace(quiet);
  private final NoisyNamespace noise = new NoisyNamespace(noisy, server);
  private final List<Row> rows = new ArrayList<>();
  private EditTimes baseline = new EditTimes(List.of());

  /**
   * What one input did.
   *
   * @param liveBytes on the heap after the input was removed
   */
  private record Row(String input, String reasons, EditTimes edits, double ratio, long liveBytes) {

    String line() {
      return "| %s | %s | %d edits, p99 %.2f times the baseline | %.1f MiB |"
          .formatted(input, reasons, edits.count(), ratio, liveBytes / 1048576.0);
    }
  }

  @Test
  @DisplayName(
      "T61 T62 T63 T64 T65 T67 T68 T71 T54: hostile inputs of one namespace stop neither the"
          + " process nor the edits of another, and leave nothing on the heap")
  void servesOneNamespaceBesideHostileInputsOfAnother(TestInfo test, TestReporter reporter)
      throws Exception {
    // Given
    quiet.stopOperator();
    noisy.stopOperator();
    try (var operator =
        OperatorProcess.startAsPod(
            quiet.namespace(), Set.of(quiet.namespace(), noisy.namespace()))) {
      edits.create();
      noise.create();
      edits.edit(after(BASELINE)); // The first edits compile the operator.
      baseline = besideBusyThreads(BASELINE).and(edits.edit(after(BASELINE)));
      var before = operator.liveBytes();

      // When
      for (var input : noise.inputs()) {
        if (input.name().contains(ONLY)) {
          row(operator, input.name(), input.expected(), List.of(input), EACH, before);
          baseline = baseline.and(edits.edit(after(BETWEEN)));
        }
      }
      row(operator, ALL, null, noise.inputs(), TOGETHER, before);
    } finally {
      report(reporter);
    }

    // Then
    assertThat(rows)
        .allSatisfy(
            row ->
                assertThat(row.edits().p99())
                    .as(row.line())
                    .isLessThan(baseline.p99().multipliedBy(2).plus(baseline.longest())));
    FaultReport.record(
        test, rows.size(), "processes ended 0, edits that did not arrive 0, content kept 0");
  }

  private void row(
      OperatorProcess operator,
      String name,
      @Nullable Reason expected,
      List<NoisyNamespace.Input> inputs,
      Duration time,
      long before)
      throws InterruptedException, ExecutionException {
    EditTimes times;
    try (var user = Executors.newSingleThreadScheduledExecutor()) {
      var applied = user.submit(() -> inputs.forEach(input -> input.apply().run()));
      var _ =
          user.scheduleWithFixedDelay(
              () -> refresh(expected), REFRESH_SECONDS, REFRESH_SECONDS, TimeUnit.SECONDS);
      var isOver = after(time);
      times =
          edits.edit(() -> isOver.getAsBoolean() && applied.isDone() && noise.isReported(expected));
      applied.get();
      user.shutdownNow();
    }
    var reasons = noise.reasons();
    assertThat(operator.isAlive()).as(operator.output()).isTrue();
    noise.clear();
    var live = awaitEmptyHeap(operator, before + LEFT);
    rows.add(
        new Row(
            name, reasons, times, (double) times.p99().toNanos() / baseline.p99().toNanos(), live));
  }

  /** A fetch that has not ended yet would begin again. */
  private void refresh(@Nullable Reason expected) {
    if (noise.isReported(expected)) {
      noise.refresh();
    }
  }

  private static long awaitEmptyHeap(OperatorProcess operator, long most) {
    return Awaitility.await("heap of at most %d bytes".formatted(most))
        .atMost(World.PATIENCE)
        .until(operator::liveBytes, live -> live <= most);
  }

  /** Servers that are hostile take the processor from the operator, on this machine only. */
  private EditTimes besideBusyThreads(Duration time)
      throws InterruptedException, ExecutionException {
    var isOver = after(time);
    try (var threads = Executors.newCachedThreadPool()) {
      for (var number = 0; number < Runtime.getRuntime().availableProcessors(); number++) {
        threads.execute(
            () -> {
              while (!isOver.getAsBoolean()) {
                Thread.onSpinWait();
              }
            });
      }
      return edits.edit(isOver);
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
    reporter.publishEntry(
        "baseline",
        "p99 %s, longest %s of %d edits"
            .formatted(baseline.p99(), baseline.longest(), baseline.count()));
    reporter.publishEntry("table", "\n" + String.join("\n", table));
  }
}
