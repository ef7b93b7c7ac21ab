package ai.okchat.cli;

import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Explains why an object, or a namespace, is not Ready. */
@Command(
    name = "why",
    sortOptions = false,
    description = {
      "Explains why an object is not Ready, and names the fix.",
      "It follows the backend, the Chatbot and its KnowledgeSources, and marks the first one that"
          + " is broken. Without a name, it groups all objects of the namespace by their cause.",
      "The exit code is 1 if an object is not Ready."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kubectl okchat why support",
      "  kubectl okchat why knowledgesource/faq -n shop",
      "  kubectl okchat why                    # the whole namespace",
      "  kubectl okchat why -A -o json"
    })
final class WhyCommand implements Callable<Integer> {
  @ParentCommand private @Nullable OkChatPlugin plugin;
  @Mixin private OutputOption output = new OutputOption();

  @Parameters(
      arity = "0..1",
      paramLabel = "[KIND/]NAME",
      description = "the object; without a kind, a Chatbot of this name comes first")
  private @Nullable String name;

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "explain all namespaces")
  private boolean allNamespaces;

  @Override
  public Integer call() {
    return name == null ? explainNamespace() : explain(ObjectName.parse(name));
  }

  private int explain(ObjectName object) {
    if (allNamespaces) {
      throw PluginException.unknown("A name is in one namespace. Use --namespace instead of -A.");
    }
    var known = Objects.requireNonNull(plugin);
    var report = new WhyReader(known.cluster(), known.namespace()).read(object);
    var printer = known.printer();
    switch (output.format()) {
      case JSON, YAML -> printer.tree(output.format(), report.tree());
      case NAME ->
          report
              .chain()
              .firstBroken()
              .ifPresent(
                  at -> printer.line(VisibleText.line(report.chain().links().get(at).title())));
      default -> printer.lines(report.lines(printer, known.streams().clock().instant()));
    }
    return report.isHealthy() ? ExitCode.YES : ExitCode.NO;
  }

  private int explainNamespace() {
    var known = Objects.requireNonNull(plugin);
    var namespace = allNamespaces ? "" : known.namespace();
    var objects = new ArrayList<KubeObject>();
    for (var kind : Kind.values()) {
      if (kind.type().namespaced()) {
        objects.addAll(
            known.cluster().list(kind.type(), namespace, Map.of(), KubeObject::abridged));
      }
    }
    var report = NamespaceReport.of(objects);
    var printer = known.printer();
    switch (output.format()) {
      case JSON, YAML -> printer.tree(output.format(), report.tree());
      case NAME ->
          report.groups().stream()
              .flatMap(group -> group.objects().stream())
              .forEach(object -> printer.line(VisibleText.line(object.title())));
      default ->
          printer.lines(
              output.format() == OutputFormat.MARKDOWN && !report.isHealthy()
                  ? report.table(allNamespaces).lines(output.format())
                  : report.lines(printer, allNamespaces));
    }
    return report.isHealthy() ? ExitCode.YES : ExitCode.NO;
  }
}
