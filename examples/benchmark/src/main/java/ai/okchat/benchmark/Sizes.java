package ai.okchat.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** The sizes of the workloads, as options. */
final class Sizes {

  @Option(
      names = "--chatbots",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Chatbots to apply at once, cold and warm (default: ${DEFAULT-VALUE}).")
  int chatbots;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Repetitions of --chatbots, of which the table has the medians (default:"
              + " ${DEFAULT-VALUE}).")
  int runs;

  @Option(
      names = "--growth",
      paramLabel = "N",
      split = ",",
      defaultValue = "5000,10000",
      description = "Total numbers of Chatbots of the growth steps (default: ${DEFAULT-VALUE}).")
  List<Integer> growth = List.of();

  @Option(
      names = "--sources",
      paramLabel = "N",
      defaultValue = "20000",
      description = "KnowledgeSources at the restart (default: ${DEFAULT-VALUE}).")
  int sources;

  @Option(
      names = "--documents",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Documents of 10 KB in one source (default: ${DEFAULT-VALUE}).")
  int documents;

  @Option(
      names = "--more-bots",
      paramLabel = "N",
      defaultValue = "10000",
      description =
          "Bots with prompts of 8 KiB that no object manages (default: ${DEFAULT-VALUE}).")
  int moreBots;

  @Option(
      names = "--edits",
      paramLabel = "N",
      defaultValue = "200",
      description = "Measured edits (default: ${DEFAULT-VALUE}).")
  int edits;

  @Option(
      names = "--starts",
      paramLabel = "N",
      defaultValue = "5",
      description = "Measured starts of the process (default: ${DEFAULT-VALUE}).")
  int starts;

  @Option(
      names = "--poll-interval",
      paramLabel = "SECONDS",
      defaultValue = "20",
      description = "Poll interval of the backend (default: ${DEFAULT-VALUE}).")
  int pollSeconds;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      defaultValue = "benchmark.json",
      description = "File for the figures (default: ${DEFAULT-VALUE}).")
  Path json = Path.of("benchmark.json");

  @Option(
      names = "--recording",
      paramLabel = "FILE",
      description = "Records the operator from its cold start with Flight Recorder.")
  Path recording = Path.of("");

  @Option(
      names = "--java-option",
      paramLabel = "OPTION",
      description = "Option of the operator's JVM, replacing the default ones; may be repeated.")
  List<String> javaOptions = List.of();

  Duration pollInterval() {
    return Duration.ofSeconds(pollSeconds);
  }
}
