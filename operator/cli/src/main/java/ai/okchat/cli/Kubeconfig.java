package ai.okchat.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The kubeconfig files of a user. Of several files, the first one with an entry of a name has
 * precedence, as for kubectl.
 */
final class Kubeconfig {
  private static final int LONGEST = 4 * 1024 * 1024;

  /**
   * The entries of one context.
   *
   * @param cluster and user: the maps of the file
   */
  record Selected(
      String context, String namespace, Map<?, ?> cluster, Map<?, ?> user, Path folder) {}

  private record Part(Path file, Map<?, ?> content) {
    Path folder() {
      return Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file.toAbsolutePath());
    }
  }

  private record Entry(Map<?, ?> value, Path folder) {}

  private final List<Part> parts;

  private Kubeconfig(List<Part> parts) {
    this.parts = parts;
  }

  /**
   * Reads the files that kubectl would read; empty if there are none.
   *
   * @param file of the option; null: {@code KUBECONFIG} or {@code ~/.kube/config}
   */
  static Optional<Kubeconfig> read(@Nullable Path file, Streams streams) {
    if (file != null && !Files.isRegularFile(file)) {
      throw PluginException.unknown(
          "The kubeconfig %s does not exist. Correct --kubeconfig.".formatted(file));
    }
    var parts = new ArrayList<Part>();
    for (var path : file == null ? usual(streams) : List.of(file)) {
      if (Files.isRegularFile(path)) {
        parts.add(new Part(path, parse(path)));
      }
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(new Kubeconfig(parts));
  }

  private static List<Path> usual(Streams streams) {
    var variable = streams.variable("KUBECONFIG");
    if (variable.isEmpty()) {
      return List.of(Path.of(streams.variable("HOME"), ".kube", "config"));
    }
    return List.of(variable.split(File.pathSeparator, -1)).stream()
        .filter(path -> !path.isBlank())
        .map(Path::of)
        .toList();
  }

  private static Map<?, ?> parse(Path file) {
    try {
      if (Files.size(file) > LONGEST) {
        throw unusable(file, "it is larger than 4 MiB");
      }
      var settings = LoadSettings.builder().setCodePointLimit(LONGEST).build();
      return new Load(settings).loadFromString(Files.readString(file)) instanceof Map<?, ?> map
          ? map
          : Map.of();
    } catch (IOException e) {
      throw unusable(file, "it cannot be read");
    } catch (YamlEngineException e) {
      throw unusable(file, "it is not YAML");
    }
  }

  private static PluginException unusable(Path file, String reason) {
    return PluginException.unknown(
        "The kubeconfig %s cannot be used: %s. Check it with: kubectl config view"
            .formatted(file, reason));
  }

  /**
   * Returns the entries of a context.
   *
   * @param name null: the current context
   */
  Selected select(@Nullable String name) {
    var context = name == null ? current() : name;
    var entry = find("contexts", "context", context);
    if (entry.isEmpty()) {
      throw PluginException.unknown(
          "The kubeconfig has no context \"%s\". List them with: kubectl config get-contexts"
              .formatted(VisibleText.bounded(context, 80)));
    }
    var value = entry.get().value();
    var cluster = find("clusters", "cluster", text(value, "cluster"));
    if (cluster.isEmpty()) {
      throw PluginException.unknown(
          "The context \"%s\" names no cluster of the kubeconfig. Set it with: kubectl config set-context"
              .formatted(VisibleText.bounded(context, 80)));
    }
    var user = find("users", "user", text(value, "user"));
    var namespace = text(value, "namespace");
    return new Selected(
        context,
        namespace.isEmpty() ? "default" : namespace,
        cluster.get().value(),
        user.map(Entry::value).orElse(Map.of()),
        user.orElse(cluster.get()).folder());
  }

  private String current() {
    return parts.stream()
        .map(part -> text(part.content(), "current-context"))
        .filter(name -> !name.isEmpty())
        .findFirst()
        .orElseThrow(
            () ->
                PluginException.unknown(
                    "The kubeconfig has no current context. Name one with --context, or set it"
                        + " with: kubectl config use-context NAME"));
  }

  private Optional<Entry> find(String list, String field, String name) {
    for (var part : parts) {
      if (part.content().get(list) instanceof List<?> entries) {
        for (var entry : entries) {
          if (entry instanceof Map<?, ?> map
              && text(map, "name").equals(name)
              && map.get(field) instanceof Map<?, ?> value) {
            return Optional.of(new Entry(value, part.folder()));
          }
        }
      }
    }
    return Optional.empty();
  }

  /** Returns a text of a map; empty if there is none. */
  static String text(Map<?, ?> map, String key) {
    var value = map.get(key);
    return value instanceof String || value instanceof Number || value instanceof Boolean
        ? value.toString()
        : "";
  }
}
