package ai.okchat.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** How much of everything, as flags. */
final class Sizes {

  @Option(
      names = "--chatbots",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Chatbots that are applied at once, cold and warm (default: ${DEFAULT-VALUE}).")
  int chatbots;

  @Option(
      names = "--growth",
      paramLabel = "N",
      split = ",",
      defaultValue = "5000,10000",
      description = "Numbers of Chatbots to grow to after that (default: ${DEFAULT-VALUE}).")
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
          "Bots with prompts of 8 KiB that no object asks for (default: ${DEFAULT-VALUE}).")
  int moreBots;

  @Option(
      names = "--edits",
      paramLabel = "N",
      defaultValue = "200",
      description = "Edits whose time is taken (default: ${DEFAULT-VALUE}).")
  int edits;

  @Option(
      names = "--starts",
      paramLabel = "N",
      defaultValue = "5",
      description = "Starts of the process whose time is taken (default: ${DEFAULT-VALUE}).")
  int starts;

  @Option(
      names = "--poll-interval",
      paramLabel = "SECONDS",
      defaultValue = "20",
      description = "Of the backend (default: ${DEFAULT-VALUE}).")
  int pollSeconds;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      defaultValue = "benchmark.json",
      description = "Where the figures are written (default: ${DEFAULT-VALUE}).")
  Path json = Path.of("benchmark.json");

  @Option(
      names = "--recording",
      paramLabel = "FILE",
      description = "Records the operator from its cold start with Flight Recorder.")
  Path recording = Path.of("");

  @Option(
      names = "--java-option",
      paramLabel = "OPTION",
      description = "For the operator's JVM instead of the usual ones; may be repeated.")
  List<String> javaOptions = List.of();

  Duration pollInterval() {
    return Duration.ofSeconds(pollSeconds);
  }
}
