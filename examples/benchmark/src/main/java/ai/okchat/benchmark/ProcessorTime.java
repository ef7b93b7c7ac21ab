package ai.okchat.benchmark;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Processor time of each program of a run, this one included: on one machine they share the
 * processors, so a workload is as fast as all of them together.
 */
record ProcessorTime(Map<String, Duration> byProgram) {

  private static final String THIS = "benchmark";
  private static final Duration GLANCE = Duration.ofSeconds(2);
  private static final Duration REST = Duration.ofMillis(200);

  static ProcessorTime now() {
    var processes =
        Stream.concat(Stream.of(ProcessHandle.current()), ProcessHandle.current().descendants());
    return new ProcessorTime(
        processes.collect(
            groupingBy(
                ProcessorTime::program,
                TreeMap::new,
                Collectors.reducing(Duration.ZERO, ProcessorTime::used, Duration::plus))));
  }

  /** Returns when none of them has more to do: what comes next has the processors for itself. */
  static void awaitRest() {
    Wait.until("all programs at rest", () -> busyFor(GLANCE).compareTo(REST) < 0);
  }

  private static Duration busyFor(Duration time) {
    var before = now().total();
    Wait.pause(time);
    return now().total().minus(before);
  }

  private Duration total() {
    return byProgram.values().stream().reduce(Duration.ZERO, Duration::plus);
  }

  /** Seconds of each program since then, the most first. */
  String since(ProcessorTime before) {
    return byProgram.entrySet().stream()
        .map(
            it ->
                Map.entry(
                    it.getKey(),
                    it.getValue().minus(before.byProgram.getOrDefault(it.getKey(), Duration.ZERO))))
        .filter(it -> it.getValue().toMillis() >= 100)
        .sorted(Map.Entry.<String, Duration>comparingByValue().reversed())
        .map(it -> "%s %.1f".formatted(it.getKey(), Spread.millis(it.getValue()) / 1_000))
        .collect(joining(", "));
  }

  private static Duration used(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static String program(ProcessHandle process) {
    if (process.pid() == ProcessHandle.current().pid()) {
      return THIS;
    }
    return jar(process)
        .or(() -> process.info().command().map(it -> Path.of(it).getFileName().toString()))
        .orElse("?");
  }

  /** What a Java program is named after. */
  private static Optional<String> jar(ProcessHandle process) {
    return process.info().arguments().stream()
        .flatMap(Arrays::stream)
        .filter(it -> it.startsWith("/") && it.endsWith(".jar"))
        .map(it -> Path.of(it).getFileName().toString())
        .map(it -> it.replaceAll("okchat-|\\.jar", ""))
        .findFirst();
  }
}
