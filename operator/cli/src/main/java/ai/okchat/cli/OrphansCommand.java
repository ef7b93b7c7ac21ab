package ai.okchat.cli;

import ai.okchat.client.OkChatClient;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Lists the receipts of orphaned bots and documents, and carries them out. */
@Command(
    name = "orphans",
    sortOptions = false,
    description = {
      "Lists the receipts of bots and documents that stay in a backend without an object.",
      "--delete removes them from the backend; --adopt creates a Chatbot that adopts the bot.",
      "The exit code of the list is 1 if there are receipts."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kubectl okchat orphans",
      "  kubectl okchat orphans --adopt okchat-orphan-6f1c -n okchat-system",
      "  kubectl okchat orphans --delete okchat-orphan-6f1c -n okchat-system --yes"
    })
final class OrphansCommand implements Callable<Integer> {
  private static final String LABEL = "okchat.ai/orphan-receipt=true";
  private static final Pattern TAG = Pattern.compile("\\.([0-9a-f]{4,64})\\.");

  @ParentCommand private @Nullable OkChatPlugin plugin;
  @Mixin private OutputOption output = new OutputOption();

  @Option(
      names = "--adopt",
      paramLabel = "RECEIPT",
      description = "create a Chatbot that adopts the bot, with its current name and prompt")
  private @Nullable String adopted;

  @Option(
      names = "--delete",
      paramLabel = "RECEIPT",
      description = "delete the bot or the documents in the backend, and then the receipt")
  private @Nullable String deleted;

  @Option(names = "--yes", description = "do not ask")
  private boolean yes;

  @Override
  public Integer call() {
    if (adopted != null && deleted != null) {
      throw PluginException.unknown("Use either --adopt or --delete.");
    }
    if (adopted != null) {
      return adopt(receipt(adopted));
    }
    return deleted == null ? list() : delete(receipt(deleted));
  }

  private int list() {
    var known = Objects.requireNonNull(plugin);
    var receipts =
        known.cluster().list(ResourceType.CONFIG_MAP, "", Map.of("labelSelector", LABEL));
    var printer = known.printer();
    if (receipts.isEmpty()) {
      printer.note("There are no orphans.");
      return ExitCode.YES;
    }
    switch (output.format()) {
      case JSON, YAML -> {
        var tree = JsonText.object();
        var items = tree.putArray("orphans");
        for (var receipt : receipts) {
          var item = items.addObject();
          item.put("namespace", receipt.namespace()).put("receipt", receipt.name());
          receipt
              .json()
              .path("data")
              .properties()
              .forEach(field -> item.set(field.getKey(), field.getValue()));
        }
        printer.tree(output.format(), tree);
      }
      case NAME -> receipts.forEach(receipt -> printer.line(VisibleText.line(receipt.name())));
      default -> {
        var table = new TextTable("NAMESPACE", "RECEIPT", "OBJECT", "BACKEND", "ID", "CAUSE");
        receipts.forEach(receipt -> table.row(row(receipt)));
        printer.lines(table.lines(output.format()));
      }
    }
    return ExitCode.NO;
  }

  private static List<String> row(KubeObject receipt) {
    return List.of(
        receipt.namespace(),
        receipt.name(),
        objectOf(receipt),
        data(receipt, "backend"),
        data(receipt, "id"),
        VisibleText.bounded(data(receipt, "why"), 60));
  }

  private static boolean isOfDocuments(KubeObject receipt) {
    return !data(receipt, "knowledgeSource").isEmpty();
  }

  private static String objectOf(KubeObject receipt) {
    return isOfDocuments(receipt)
        ? "KnowledgeSource " + data(receipt, "knowledgeSource")
        : "Chatbot " + data(receipt, "chatbot");
  }

  private static String data(KubeObject receipt, String key) {
    return receipt.text("data", key);
  }

  private KubeObject receipt(String name) {
    var known = Objects.requireNonNull(plugin);
    return known
        .cluster()
        .get(ResourceType.CONFIG_MAP, known.namespace(), ObjectName.checked(name))
        .filter(map -> map.json().path("metadata").path("labels").has("okchat.ai/orphan-receipt"))
        .orElseThrow(
            () ->
                PluginException.no(
                    "The namespace %s has no receipt %s. List them with: kubectl okchat orphans"
                        .formatted(known.namespace(), name)));
  }

  private int delete(KubeObject receipt) {
    var known = Objects.requireNonNull(plugin);
    var id = data(receipt, "id");
    var target =
        isOfDocuments(receipt)
            ? "the documents of %s in the bot %s".formatted(objectOf(receipt), id)
            : "the bot %s of %s".formatted(id, objectOf(receipt));
    Confirmation.require(
        known.streams(), known.printer(), "Delete %s?".formatted(VisibleText.line(target)), yes);
    var client = client(receipt);
    if (isOfDocuments(receipt)) {
      var count = deleteDocuments(client, id, receipt);
      known.printer().line("Deleted %d documents.".formatted(count));
    } else {
      known
          .printer()
          .line(
              client.deleteChatbot(id)
                  ? "Deleted the bot."
                  : "The bot did not exist in the backend any longer.");
    }
    known.cluster().delete(ResourceType.CONFIG_MAP, receipt.namespace(), receipt.name());
    return ExitCode.YES;
  }

  private static int deleteDocuments(OkChatClient client, String botId, KubeObject receipt) {
    var tag = TAG.matcher(data(receipt, "documents"));
    if (!tag.find()) {
      throw PluginException.unknown(
          "The receipt names no tag of documents. Remove them in the dashboard.");
    }
    var own =
        client.listKnowledge(botId).documents().stream()
            .filter(document -> document.title().contains(tag.group()))
            .toList();
    own.forEach(document -> client.deleteKnowledge(botId, document.id()));
    return own.size();
  }

  private OkChatClient client(KubeObject receipt) {
    var known = Objects.requireNonNull(plugin);
    var words = data(receipt, "backend").split(" ", 2);
    var place = words[words.length - 1].split("/", 2);
    var kind = Kind.find(words[0].toLowerCase(Locale.ROOT)).orElse(Kind.CHATBOT_BACKEND);
    return new BackendAccess(known.cluster(), known.streams())
        .client(
            place.length == 2 ? ObjectName.checked(place[0]) : "",
            new BackendName(kind, ObjectName.checked(place[place.length - 1])));
  }

  private int adopt(KubeObject receipt) {
    var known = Objects.requireNonNull(plugin);
    var place = data(receipt, "chatbot").split("/", 2);
    if (isOfDocuments(receipt) || place.length != 2) {
      throw PluginException.no(
          "Only a bot can be adopted. Apply the KnowledgeSource again: it finds its documents by"
              + " their titles.");
    }
    if (data(receipt, "backend").startsWith(Kind.CLUSTER_CHATBOT_BACKEND.title())) {
      throw PluginException.no(
          "A bot of a ClusterChatbotBackend cannot be adopted, because its account is shared.");
    }
    var id = data(receipt, "id");
    var bot =
        client(receipt)
            .getChatbot(id)
            .orElseThrow(
                () -> PluginException.no("The bot %s does not exist any longer.".formatted(id)));
    Confirmation.require(
        known.streams(),
        known.printer(),
        "Create the Chatbot %s, which adopts the bot %s?"
            .formatted(VisibleText.line(String.join("/", place)), VisibleText.line(id)),
        yes);
    var backend = data(receipt, "backend");
    known
        .cluster()
        .create(
            Kind.CHATBOT.type(),
            ObjectName.checked(place[0]),
            AdoptingChatbot.of(
                ObjectName.checked(place[1]),
                backend.substring(backend.lastIndexOf('/') + 1),
                bot));
    known.cluster().delete(ResourceType.CONFIG_MAP, receipt.namespace(), receipt.name());
    known
        .printer()
        .line(
            VisibleText.line(
                "Created Chatbot/%s in the namespace %s. Add it to your manifests."
                    .formatted(place[1], place[0])));
    return ExitCode.YES;
  }
}
