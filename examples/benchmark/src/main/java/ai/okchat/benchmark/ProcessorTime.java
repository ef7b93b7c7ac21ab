package ai.okchat.benchmark;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The processor time of each program of a run, including this one: on one machine they share the
 * processors, so a workload is as fast as all of them together.
 */
record ProcessorTime(Map<String, Duration> byProgram) {

  private static final String THIS = "benchmark";
  private static final Duration SAMPLE = Duration.ofSeconds(2);
  private static final Duration IDLE_LIMIT = Duration.ofMillis(200);

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

  /** Waits until all programs are idle, so that the next workload has all processors. */
  static void awaitRest() {
    Wait.until("all programs at rest", () -> busyFor(SAMPLE).compareTo(IDLE_LIMIT) < 0);
  }

  private static Duration busyFor(Duration time) {
    var before = now().total();
    Wait.pause(time);
    return now().total().minus(before);
  }

  private Duration total() {
    return byProgram.values().stream().reduce(Duration.ZERO, Duration::plus);
  }

  /** Returns the time of each program since {@code before}. */
  ProcessorTime since(ProcessorTime before) {
    return mapped(
        (program, used) -> used.minus(before.byProgram.getOrDefault(program, Duration.ZERO)));
  }

  /** Returns the part that 1,000 of this number of objects took. */
  ProcessorTime forThousand(int objects) {
    return mapped((_, used) -> used.multipliedBy(1_000).dividedBy(objects));
  }

  private ProcessorTime mapped(BiFunction<String, Duration, Duration> change) {
    var times = new TreeMap<>(byProgram);
    times.replaceAll(change);
    return new ProcessorTime(times);
  }

  /** Returns the seconds of each program that took at least 0.1, the highest first. */
  String text() {
    return byProgram.entrySet().stream()
        .filter(entry -> entry.getValue().toMillis() >= 100)
        .sorted(Map.Entry.<String, Duration>comparingByValue().reversed())
        .map(entry -> "%s %.1f".formatted(entry.getKey(), Spread.millis(entry.getValue()) / 1_000))
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
        .or(() -> process.info().command().map(file -> Path.of(file).getFileName().toString()))
        .orElse("?");
  }

  /** Returns the name of a Java program, from its jar. */
  private static Optional<String> jar(ProcessHandle process) {
    return process.info().arguments().stream()
        .flatMap(Arrays::stream)
        .filter(argument -> argument.startsWith("/") && argument.endsWith(".jar"))
        .map(file -> Path.of(file).getFileName().toString())
        .map(name -> name.replaceAll("okchat-|\\.jar", ""))
        .findFirst();
  }
}
