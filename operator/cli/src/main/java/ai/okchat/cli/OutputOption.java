package ai.okchat.cli;

import picocli.CommandLine.Option;

/** The option {@code -o} of the commands that print objects. */
final class OutputOption {
  @Option(
      names = "-o",
      paramLabel = "FORMAT",
      description = "table, wide, json, yaml, name or markdown (default: table)")
  private OutputFormat format = OutputFormat.TABLE;

  OutputFormat format() {
    return format;
  }
}
