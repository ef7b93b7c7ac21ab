package ai.okchat.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Prints the program that completes commands and names for kubectl. */
@Command(
    name = "completion",
    sortOptions = false,
    description = {
      "Prints the program kubectl_complete-okchat, which completes commands, options and names.",
      "kubectl runs it if it is on the PATH. It runs kubectl itself to list names."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kubectl okchat completion > ~/.local/bin/kubectl_complete-okchat",
      "  chmod +x ~/.local/bin/kubectl_complete-okchat"
    })
final class CompletionCommand implements Callable<Integer> {
  @ParentCommand private @Nullable OkChatPlugin plugin;

  @Override
  public Integer call() {
    var known = Objects.requireNonNull(plugin);
    known.printer().lines(CompletionScript.of(known.complete().getCommandSpec()));
    return ExitCode.YES;
  }
}
