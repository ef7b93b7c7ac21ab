package ai.okchat.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Counts the objects of each kind by their state. */
@Command(
    name = "status",
    sortOptions = false,
    description = {
      "Counts the objects of each kind by their state.",
      "The exit code is 1 if an object is not Ready."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  kubectl okchat status", "  kubectl okchat status -A -o json"})
final class StatusCommand implements Callable<Integer> {
  @ParentCommand private @Nullable OkChatPlugin plugin;
  @Mixin private OutputOption output = new OutputOption();

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "count the objects of all namespaces")
  private boolean allNamespaces;

  private record Count(
      Kind kind, long total, long ready, long notReady, long unknown, long paused) {
    static Count of(Kind kind, List<KubeObject> objects) {
      return new Count(
          kind,
          objects.size(),
          in("True", objects),
          in("False", objects),
          objects.size() - in("True", objects) - in("False", objects),
          objects.stream().filter(KubeObject::isPaused).count());
    }

    private static long in(String status, List<KubeObject> objects) {
      return objects.stream().filter(object -> object.ready().status().equals(status)).count();
    }

    List<String> row() {
      return List.of(
          kind.title(),
          Long.toString(total),
          Long.toString(ready),
          Long.toString(notReady),
          Long.toString(unknown),
          Long.toString(paused));
    }

    ObjectNode tree() {
      return JsonText.object()
          .put("kind", kind.title())
          .put("total", total)
          .put("ready", ready)
          .put("notReady", notReady)
          .put("unknown", unknown)
          .put("paused", paused);
    }
  }

  @Override
  public Integer call() {
    var counts = counts();
    var printer = Objects.requireNonNull(plugin).printer();
    switch (output.format()) {
      case JSON, YAML -> {
        var tree = JsonText.object();
        counts.forEach(count -> tree.withArray("kinds").add(count.tree()));
        printer.tree(output.format(), tree);
      }
      case NAME -> counts.forEach(count -> printer.line(count.kind().title()));
      default -> {
        var table = new TextTable("KIND", "TOTAL", "READY", "NOT READY", "UNKNOWN", "PAUSED");
        counts.forEach(count -> table.row(count.row()));
        printer.lines(table.lines(output.format()));
      }
    }
    var others = counts.stream().mapToLong(count -> count.total() - count.ready()).sum();
    if (others == 0) {
      return ExitCode.YES;
    }
    printer.note(
        "%d of %d objects are not Ready. Find the causes with: kubectl okchat why%s"
            .formatted(
                others, counts.stream().mapToLong(Count::total).sum(), allNamespaces ? " -A" : ""));
    return ExitCode.NO;
  }

  private List<Count> counts() {
    var cluster = Objects.requireNonNull(plugin).cluster();
    var namespace = allNamespaces ? "" : plugin.namespace();
    var counts = new ArrayList<Count>();
    for (var kind : Kind.values()) {
      if (kind.type().namespaced()) {
        counts.add(
            Count.of(kind, cluster.list(kind.type(), namespace, Map.of(), KubeObject::abridged)));
      }
    }
    return counts;
  }
}
