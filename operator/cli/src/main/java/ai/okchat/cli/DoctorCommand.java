package ai.okchat.cli;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Checks the cluster, the operator and the backends. */
@Command(
    name = "doctor",
    sortOptions = false,
    description = {
      "Checks rights, versions, the operator and the backends of the namespace, with the remedies.",
      "The exit code is 1 if a check fails; a warning is none."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kubectl okchat doctor",
      "  kubectl okchat doctor --pre -n okchat-system   # before the installation",
      "  kubectl okchat doctor -o json"
    })
final class DoctorCommand implements Callable<Integer> {
  private static final int LONGEST = 300;

  @ParentCommand private @Nullable OkChatPlugin plugin;
  @Mixin private OutputOption output = new OutputOption();

  @Option(names = "--pre", description = "check whether the operator can be installed")
  private boolean before;

  @Override
  public Integer call() {
    var known = Objects.requireNonNull(plugin);
    var doctor = new Doctor(known.cluster(), known.streams(), known.namespace());
    var findings = before ? doctor.beforeInstallation() : doctor.all();
    print(findings, known.printer());
    return findings.stream().anyMatch(finding -> finding.result() == Finding.Result.FAILURE)
        ? ExitCode.NO
        : ExitCode.YES;
  }

  private void print(List<Finding> findings, Printer printer) {
    if (output.format().isTree()) {
      var tree = JsonText.object();
      var items = tree.putArray("findings");
      findings.forEach(
          finding ->
              items
                  .addObject()
                  .put("result", finding.result().name())
                  .put("check", finding.check())
                  .put("observation", finding.observation())
                  .put("remedy", finding.remedy()));
      printer.tree(output.format(), tree);
      return;
    }
    for (var finding : findings) {
      printer.line(
          printer.colored(color(finding), "%-8s".formatted(word(finding)))
              + VisibleText.line(finding.check())
              + ": "
              + VisibleText.bounded(finding.observation(), LONGEST));
      if (!finding.remedy().isEmpty()) {
        printer.line("        " + VisibleText.bounded(finding.remedy(), LONGEST));
      }
    }
  }

  private static String word(Finding finding) {
    return switch (finding.result()) {
      case OK -> "ok";
      case WARNING -> "warning";
      case FAILURE -> "FAILED";
    };
  }

  private static Printer.Color color(Finding finding) {
    return switch (finding.result()) {
      case OK -> Printer.Color.GREEN;
      case WARNING -> Printer.Color.YELLOW;
      case FAILURE -> Printer.Color.RED;
    };
  }
}
