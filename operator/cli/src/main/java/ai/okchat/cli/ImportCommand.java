package ai.okchat.cli;

import ai.okchat.client.Bot;
import ai.okchat.client.OkChatClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Writes manifests for the bots of an account. */
@Command(
    name = "import",
    sortOptions = false,
    description = {
      "Writes manifests that adopt the bots of an account, one file for each bot.",
      "The account is that of a ChatbotBackend, or that of --url with the API key in"
          + " OKCHAT_API_KEY. Nothing is written to the backend or to the cluster.",
      "The exit code is 1 if a bot was not written."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kubectl okchat import --all -o bots",
      "  kubectl okchat import 3317853e-0af2-427d-a56f-351a9587f48f -o bots",
      "  kubectl okchat import --all -o bots --url https://v2.okchat.ai"
    })
final class ImportCommand implements Callable<Integer> {
  private static final int PROGRESS = 100;

  @ParentCommand private @Nullable OkChatPlugin plugin;

  @Parameters(arity = "0..*", paramLabel = "ID", description = "IDs of bots")
  private List<String> ids = List.of();

  @Option(names = "--all", description = "all bots of the account")
  private boolean all;

  @Option(
      names = "-o",
      required = true,
      paramLabel = "DIR",
      description = "folder of the manifests, which is created")
  private @Nullable Path folder;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = "ChatbotBackend of the account (default: default)")
  private String backend = "default";

  @Mixin private AccountOptions account = new AccountOptions();

  @Option(names = "--force", description = "replace existing files")
  private boolean force;

  private final Set<String> slugs = new HashSet<>();

  /** Chatbots of the namespace, by the IDs of their bots. */
  private Map<String, String> owners = Map.of();

  @Override
  public Integer call() {
    if (all == !ids.isEmpty()) {
      throw PluginException.unknown("Use either --all or the IDs of bots.");
    }
    var known = Objects.requireNonNull(plugin);
    var printer = known.printer();
    backend = ObjectName.parse(backend, Kind.CHATBOT_BACKEND);
    var reader = new AccountReader(client(known), printer);
    var wanted = all ? reader.listIds() : ids.stream().distinct().toList();
    if (wanted.isEmpty()) {
      throw PluginException.no("The account has no bots.");
    }
    createFolder();
    owners = account.isGiven() ? Map.of() : listOwners(known);
    var done = 0;
    var written = 0;
    for (var id : wanted) {
      written += write(reader, id, printer) ? 1 : 0;
      if (++done % PROGRESS == 0) {
        printer.note("Read %d of %d bots.".formatted(done, wanted.size()));
      }
    }
    printer.note("Wrote the manifests of %d of %d bots.".formatted(written, wanted.size()));
    if (written > 0) {
      printer.note(
          """
          Next steps:
            kubectl okchat diff -f %1$s
            kubectl apply --server-side -f %1$s\
          """
              .formatted(folder));
    }
    return written == wanted.size() ? ExitCode.YES : ExitCode.NO;
  }

  private OkChatClient client(OkChatPlugin known) {
    return account.isGiven()
        ? account.open(known.streams())
        : new BackendAccess(known.cluster(), known.streams())
            .client(known.namespace(), new BackendName(Kind.CHATBOT_BACKEND, backend));
  }

  private static Map<String, String> listOwners(OkChatPlugin known) {
    return known
        .cluster()
        .list(Kind.CHATBOT.type(), known.namespace(), Map.of(), KubeObject::abridged)
        .stream()
        .filter(chatbot -> !chatbot.text("status", "id").isEmpty())
        .collect(
            Collectors.toMap(
                chatbot -> chatbot.text("status", "id"), KubeObject::name, (first, _) -> first));
  }

  private boolean write(AccountReader reader, String id, Printer printer) {
    var bot = reader.read(id).orElse(null);
    var problem = bot == null ? "it does not exist" : problem(bot);
    if (!problem.isEmpty() || bot == null) {
      printer.note("The bot %s is left out: %s.".formatted(VisibleText.bounded(id, 80), problem));
      return false;
    }
    var imported = ImportedBot.of(bot, backend);
    var file = file(imported.slug());
    write(file, ImportedManifest.of(imported, reader.listTitles(id)));
    printer.line("%s: Chatbot/%s".formatted(VisibleText.line(file.toString()), imported.slug()));
    imported
        .leftOut()
        .forEach(sentence -> printer.note("%s: %s".formatted(file.getFileName(), sentence)));
    return true;
  }

  /** Returns why no manifest can adopt the bot; empty if one can. */
  private String problem(Bot bot) {
    var slug = ImportedBot.usableSlug(bot);
    if (slug.isEmpty()) {
      return "no Chatbot can have its slug. A slug has lower-case letters, digits and single"
          + " hyphens, and at most 63 characters";
    }
    var owner = owners.getOrDefault(bot.id(), slug.get());
    if (!owner.equals(slug.get())) {
      return "it belongs to Chatbot/" + owner;
    }
    if (!owners.containsKey(bot.id()) && owners.containsValue(slug.get())) {
      return "Chatbot/%s has another bot, and a manifest would have the same name"
          .formatted(slug.get());
    }
    if (!slugs.add(slug.get())) {
      return "another bot of this import has the same slug";
    }
    return !force && Files.exists(file(slug.get()), LinkOption.NOFOLLOW_LINKS)
        ? "its file exists. Replace it with --force"
        : "";
  }

  private Path file(String slug) {
    return Objects.requireNonNull(folder).resolve(slug + ".yaml");
  }

  private void createFolder() {
    try {
      Files.createDirectories(Objects.requireNonNull(folder));
    } catch (IOException e) {
      throw PluginException.unknown(
          "The folder %s cannot be created. Name another with -o.".formatted(folder));
    }
  }

  /** Replaces the file at once, so that a broken run leaves a complete one. */
  private static void write(Path file, String manifest) {
    var next = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.writeString(next, manifest);
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw PluginException.unknown(
          "%s cannot be written. Check the folder and its permissions.".formatted(file));
    }
  }
}
