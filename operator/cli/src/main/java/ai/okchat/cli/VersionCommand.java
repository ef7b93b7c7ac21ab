package ai.okchat.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Prints the version of the plugin. */
@Command(
    name = "version",
    sortOptions = false,
    description = "Prints the version of the plugin.",
    footerHeading = "%nExamples:%n",
    footer = {"  kubectl okchat version", "  kubectl okchat version -o json"})
final class VersionCommand implements Callable<Integer> {
  @ParentCommand private @Nullable OkChatPlugin plugin;

  @Option(names = "-o", paramLabel = "FORMAT", description = "table, json or yaml")
  private OutputFormat format = OutputFormat.TABLE;

  /** Returns the version; {@code unpackaged} outside of the jar. */
  static String version() {
    var version = VersionCommand.class.getPackage().getImplementationVersion();
    return Objects.requireNonNullElse(version, "unpackaged");
  }

  @Override
  public Integer call() {
    var printer = Objects.requireNonNull(plugin).printer();
    if (format.isTree()) {
      printer.tree(format, JsonText.object().put("version", version()));
    } else {
      printer.line("kubectl-okchat " + version());
    }
    return ExitCode.YES;
  }
}
