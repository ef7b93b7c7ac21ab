package ai.okchat.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The program behind {@code examples/benchmark.sh}. */
@Command(
    name = "benchmark",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures the operator process against a real API server and the sandbox, and prints a table."
          + " A bare client and, where Go exists, a hand-written Go controller do the same in the"
          + " same run, since machines differ.",
      "With the default sizes it takes about twenty minutes on two cores."
    })
public final class BenchmarkMain implements Callable<Integer> {

  private static final int NOT_REACHED = 1;

  @Mixin private final Sizes sizes = new Sizes();

  @Option(names = "--strict", description = "Exit with 1 if a mark was not reached.")
  private boolean strict;

  @Parameters(arity = "0..1", defaultValue = ".", description = "Folder of the built project.")
  private Path project = Path.of(".");

  public static void main(String[] args) {
    System.exit(new CommandLine(new BenchmarkMain()).execute(args));
  }

  @Override
  public Integer call() {
    var folder = project.toAbsolutePath().normalize();
    var jar = folder.resolve(OperatorRun.JAR);
    if (!Files.exists(jar)) {
      throw new CommandLine.ParameterException(
          new CommandLine(this), jar + " does not exist. Build it: mvn -B -DskipTests package");
    }
    if (sizes.growth.stream().anyMatch(number -> number <= 2 * sizes.chatbots)) {
      throw new CommandLine.ParameterException(
          new CommandLine(this),
          "--growth %s: each must be more than the %d that there are after --chatbots=%d, cold and warm"
              .formatted(sizes.growth, 2 * sizes.chatbots, sizes.chatbots));
    }
    var report = new Report(System.err::println);
    var go = new GoBuild(folder, report).run();
    try (var bed = TestBed.start(folder, sizes)) {
      new Benchmark(bed, command(folder, bed), go, sizes, report).run();
    }
    System.out.println(report.table());
    report.writeJson(sizes.json);
    System.err.println("The table as JSON: " + sizes.json.toAbsolutePath().normalize());
    return strict && !report.reachesAll() ? NOT_REACHED : 0;
  }

  private OperatorRun.Command command(Path folder, TestBed bed) {
    var options =
        sizes.javaOptions.isEmpty() ? OperatorRun.usualOptions(folder) : sizes.javaOptions;
    return new OperatorRun.Command(folder.resolve(OperatorRun.JAR), options, bed);
  }
}
