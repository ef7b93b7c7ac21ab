package ai.okchat.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/**
 * Sets or removes an annotation of one or more objects: the common part of the commands that ask
 * the operator for something.
 */
abstract class VerbCommand implements Callable<Integer> {
  @ParentCommand private @Nullable OkChatPlugin plugin;

  @Parameters(
      arity = "1..*",
      paramLabel = "[KIND/]NAME",
      description = "the objects; without a kind, a Chatbot of this name comes first")
  private List<String> names = List.of();

  /** An annotation to set, or to remove if the value is null, and the sentence for the user. */
  record Change(String key, @Nullable String value, String sentence) {}

  /** Decides on the annotation of an object that exists. */
  abstract Change change(KubeObject object, OkChatPlugin plugin);

  /** Returns the kinds that the command accepts. */
  List<Kind> kinds() {
    return List.of(Kind.CHATBOT, Kind.KNOWLEDGE_SOURCE);
  }

  @Override
  public Integer call() {
    names.forEach(this::apply);
    return ExitCode.YES;
  }

  private void apply(String argument) {
    var known = Objects.requireNonNull(plugin);
    var name = ObjectName.parse(argument);
    Supplier<PluginException> absent =
        () -> absent(name.kind().orElse(Kind.CHATBOT), name.name(), known.namespace());
    var object =
        name.kind().map(List::of).orElseGet(this::kinds).stream()
            .flatMap(kind -> read(kind, name.name(), known).stream())
            .findFirst()
            .orElseThrow(absent);
    var change = change(object, known);
    if (known
        .cluster()
        .patch(object.type(), known.namespace(), name.name(), patch(change))
        .isEmpty()) {
      throw absent.get();
    }
    known.printer().line(VisibleText.line(object.title() + ": " + change.sentence()));
  }

  private Optional<KubeObject> read(Kind kind, String name, OkChatPlugin known) {
    if (!kinds().contains(kind)) {
      throw PluginException.unknown(
          "This command does not apply to a %s, but to: %s."
              .formatted(
                  kind.title(), String.join(", ", kinds().stream().map(Kind::title).toList())));
    }
    return known.cluster().get(kind.type(), known.namespace(), name);
  }

  private static JsonNode patch(Change change) {
    var patch = JsonText.object();
    patch.putObject("metadata").putObject("annotations").put(change.key(), change.value());
    return patch;
  }

  static PluginException absent(Kind kind, String name, String namespace) {
    return PluginException.no(
        "%s/%s does not exist in the namespace %s. List the objects with: kubectl okchat get %s"
            .formatted(kind.title(), name, namespace, kind.type().plural()));
  }
}
