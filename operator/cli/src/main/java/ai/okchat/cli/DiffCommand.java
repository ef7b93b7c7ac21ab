package ai.okchat.cli;

import ai.okchat.client.OkChatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Shows what applying manifests would change in the backend. Sends only reading requests. */
@Command(
    name = "diff",
    sortOptions = false,
    description = {
      "Shows what applying manifests would change in the backend: fields of bots, and documents.",
      "The exit code is 0 without a difference, 1 with one, and above 1 if it could not say.",
      "A folder is read with all folders in it. With --offline, the plugin finds the bot by"
          + " spec.slug or the annotation okchat.ai/slug, and needs no cluster."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kubectl okchat diff -f bots/",
      "  kubectl kustomize overlays/production | kubectl okchat diff -f - -o markdown",
      "  kubectl okchat diff -f bots/ --offline --url https://v2.okchat.ai"
    })
final class DiffCommand implements Callable<Integer> {
  /** The values of {@code -o}. */
  enum Format {
    TEXT,
    MARKDOWN,
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @ParentCommand private @Nullable OkChatPlugin plugin;

  @Option(
      names = "-f",
      paramLabel = "FILE|DIR|-",
      required = true,
      description = "manifests; - is standard input")
  private List<String> files = List.of();

  @Option(
      names = "-o",
      paramLabel = "FORMAT",
      description = "text, markdown or json (default: text)")
  private Format format = Format.TEXT;

  @Option(names = "--offline", description = "compare with the backend without a cluster")
  private boolean offline;

  @Mixin private AccountOptions account = new AccountOptions();

  @Override
  public Integer call() {
    var known = Objects.requireNonNull(plugin);
    if (offline != account.isGiven()) {
      throw PluginException.unknown(
          offline
              ? "--offline needs the backend. Add --url, for example https://v2.okchat.ai."
              : "--url is for --offline. Add --offline, or remove --url.");
    }
    var manifests = ManifestReader.read(files, known.streams().in());
    var inputs = offline ? offline(known, manifests) : ofCluster(known, manifests);
    var finder = new BotFinder(inputs);
    var bots = new BotDiffer(inputs, finder);
    var documents = new DocumentDiffer(inputs, finder);
    var schema = new ManifestSchema();
    var diffs = new ArrayList<ObjectDiff>();
    var failed = 0;
    for (var manifest : manifests) {
      var object = manifest.object();
      var problem =
          collect(
              () -> {
                schema.check(object);
                return compare(object, bots, documents);
              },
              diffs);
      failed += problem.isPresent() ? 1 : 0;
      problem.ifPresent(
          text ->
              known
                  .printer()
                  .note("error: %s (%s): %s".formatted(object.title(), manifest.place(), text)));
    }
    print(known.printer(), diffs, failed);
    if (failed > 0) {
      return ExitCode.UNKNOWN;
    }
    return diffs.stream().anyMatch(ObjectDiff::isDifferent) ? ExitCode.NO : ExitCode.YES;
  }

  /** Returns the result of one object; empty for a ConfigMap, which others refer to. */
  private static Optional<ObjectDiff> compare(
      KubeObject object, BotDiffer bots, DocumentDiffer documents) {
    if (object.type().equals(ResourceType.CONFIG_MAP)) {
      return Optional.empty();
    }
    return Optional.of(
        object.type().equals(Kind.CHATBOT.type())
            ? bots.compare(object)
            : documents.compare(object));
  }

  /** Adds the result of one object, or returns why there is none. */
  private static Optional<String> collect(
      Supplier<Optional<ObjectDiff>> comparison, List<ObjectDiff> into) {
    try {
      comparison.get().ifPresent(into::add);
      return Optional.empty();
    } catch (PluginException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (OkChatException e) {
      return Optional.of(BackendFailures.explain(e));
    }
  }

  private void print(Printer printer, List<ObjectDiff> diffs, int failed) {
    switch (format) {
      case JSON -> printer.tree(OutputFormat.JSON, DiffTree.of(diffs, failed));
      case MARKDOWN -> printer.lines(DiffMarkdown.lines(diffs, failed));
      case TEXT -> {
        var text = new DiffPrinter(printer);
        diffs.forEach(text::print);
        printer.note(DiffPrinter.summary(diffs, failed));
      }
    }
  }

  private static DiffInputs ofCluster(OkChatPlugin known, List<Manifest> manifests) {
    var access = new BackendAccess(known.cluster(), known.streams());
    return new DiffInputs(
        manifests,
        known.cluster(),
        known.namespace(),
        access::client,
        known.streams().clock().instant(),
        known.printer());
  }

  private DiffInputs offline(OkChatPlugin known, List<Manifest> manifests) {
    return new DiffInputs(
        manifests,
        null,
        known.namespaceOption().orElse(""),
        (_, _) -> account.open(known.streams()),
        known.streams().clock().instant(),
        known.printer());
  }
}
