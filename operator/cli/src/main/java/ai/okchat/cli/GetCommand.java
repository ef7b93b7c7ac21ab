package ai.okchat.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Lists objects with their state. */
@Command(
    name = "get",
    sortOptions = false,
    description = "Lists Chatbots, KnowledgeSources and backends with their state.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  kubectl okchat get                    # everything in the namespace",
      "  kubectl okchat get chatbots -A -o wide",
      "  kubectl okchat get kns faq -o yaml",
      "  kubectl okchat get chatbots -o name"
    })
final class GetCommand implements Callable<Integer> {
  private static final int LONGEST_MESSAGE = 100;

  @ParentCommand private @Nullable OkChatPlugin plugin;
  @Mixin private OutputOption output = new OutputOption();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "KIND",
      description = "chatbot, knowledgesource, chatbotbackend or clusterchatbotbackend")
  private @Nullable String kind;

  @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "one object")
  private @Nullable String name;

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "list the objects of all namespaces")
  private boolean allNamespaces;

  @Override
  public Integer call() {
    var objects = objects();
    var printer = Objects.requireNonNull(plugin).printer();
    if (objects.isEmpty()) {
      printer.note("There are no objects.");
      return ExitCode.NO;
    }
    switch (output.format()) {
      case JSON, YAML -> printer.tree(output.format(), tree(objects));
      case NAME -> objects.forEach(object -> printer.line(qualified(object)));
      default -> printer.lines(table(objects).lines(output.format()));
    }
    return ExitCode.YES;
  }

  private List<KubeObject> objects() {
    var cluster = Objects.requireNonNull(plugin).cluster();
    var namespace = allNamespaces ? "" : plugin.namespace();
    if (kind == null) {
      return everything(cluster, namespace);
    }
    var known = Kind.of(kind);
    if (name == null) {
      return list(cluster, known, namespace);
    }
    if (allNamespaces) {
      throw PluginException.unknown("A name is in one namespace. Use --namespace instead of -A.");
    }
    var checked = ObjectName.checked(name);
    return List.of(
        cluster
            .get(known.type(), namespace, checked)
            .orElseThrow(
                () ->
                    PluginException.no(
                        "%s/%s does not exist%s."
                            .formatted(known.title(), checked, in(namespace)))));
  }

  private static String in(String namespace) {
    return namespace.isEmpty() ? "" : " in the namespace " + namespace;
  }

  private List<KubeObject> list(ClusterClient cluster, Kind known, String namespace) {
    UnaryOperator<KubeObject> kept =
        output.format().isTree() ? UnaryOperator.identity() : KubeObject::abridged;
    return cluster.list(known.type(), namespace, Map.of(), kept);
  }

  private List<KubeObject> everything(ClusterClient cluster, String namespace) {
    var objects = new ArrayList<KubeObject>();
    for (var known : Kind.values()) {
      if (known.type().namespaced()) {
        objects.addAll(list(cluster, known, namespace));
      }
    }
    return objects;
  }

  private JsonNode tree(List<KubeObject> objects) {
    if (name != null) {
      return item(objects.getFirst());
    }
    var list = JsonText.object().put("apiVersion", "v1").put("kind", "List");
    var items = list.putArray("items");
    objects.forEach(object -> items.add(item(object)));
    return list;
  }

  /** Adds the kind, which the items of a list lack, and removes the managed fields, as kubectl. */
  private static ObjectNode item(KubeObject object) {
    var item =
        JsonText.object()
            .put("apiVersion", Kind.GROUP + "/" + Kind.VERSION)
            .put("kind", object.type().kind());
    item.setAll((ObjectNode) object.json().deepCopy());
    ((ObjectNode) item.path("metadata")).remove("managedFields");
    return item;
  }

  private static String qualified(KubeObject object) {
    return VisibleText.line(object.type().kind().toLowerCase(Locale.ROOT) + "/" + object.name());
  }

  private TextTable table(List<KubeObject> objects) {
    var wide = output.format() == OutputFormat.WIDE;
    var titles = new ArrayList<String>();
    if (allNamespaces) {
      titles.add("NAMESPACE");
    }
    titles.addAll(List.of("NAME", "READY", "REASON", "SINCE"));
    if (wide) {
      titles.addAll(List.of("ID", "MESSAGE"));
    }
    var table = new TextTable(titles.toArray(String[]::new));
    objects.forEach(object -> table.row(row(object, wide)));
    return table;
  }

  private List<String> row(KubeObject object, boolean wide) {
    var ready = object.ready();
    var cells = new ArrayList<String>();
    if (allNamespaces) {
      cells.add(object.namespace());
    }
    var now = Objects.requireNonNull(plugin).streams().clock().instant();
    cells.addAll(
        List.of(qualified(object), ready.status(), ready.reason(), Ages.since(ready.since(), now)));
    if (wide) {
      cells.add(
          object.text(
              "status", object.type().plural().equals("knowledgesources") ? "chatbotId" : "id"));
      cells.add(VisibleText.bounded(ready.message(), LONGEST_MESSAGE));
    }
    return cells;
  }
}
