package ai.okchat.operator.gitops;

import ai.okchat.operator.testing.TextFile;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Argo CD's customization of one kind of the operator: the folder {@code
 * resource_customizations/okchat.ai/<Kind>} in the layout of Argo CD's own repository.
 */
record Customization(String kind, String healthScript, Map<String, String> actionScripts) {

  static final Path FOLDER = Path.of("../examples/gitops/argocd/resource_customizations/okchat.ai");

  /** Result of the health script for an object. */
  record Health(String status, String message) {}

  /** One for each kind, in order of their names. */
  static List<Customization> all() {
    try (var folders = Files.list(FOLDER)) {
      return folders.sorted().map(folder -> of(folder.getFileName().toString())).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Customization of(String kind) {
    var folder = FOLDER.resolve(kind);
    return new Customization(
        kind,
        TextFile.read(folder.resolve("health.lua")),
        actionScripts(folder.resolve("actions")));
  }

  boolean hasActions() {
    return !actionScripts.isEmpty();
  }

  String discoveryScript() {
    return TextFile.read(FOLDER.resolve(kind).resolve("actions/discovery.lua"));
  }

  Health healthOf(JsonNode object) {
    var health = ArgoLua.run(healthScript, object);
    return new Health(health.path("status").asText(), health.path("message").asText());
  }

  /** Returns whether each action is enabled for this object. */
  Map<String, Boolean> actionsFor(JsonNode object) {
    var enabled = new TreeMap<String, Boolean>();
    ArgoLua.run(discoveryScript(), object)
        .properties()
        .forEach(
            action ->
                enabled.put(action.getKey(), !action.getValue().path("disabled").asBoolean()));
    return enabled;
  }

  /** The object as the action leaves it. */
  JsonNode act(String action, JsonNode object) {
    return ArgoLua.run(Objects.requireNonNull(actionScripts.get(action), action), object);
  }

  private static Map<String, String> actionScripts(Path folder) {
    var scripts = new TreeMap<String, String>();
    if (!Files.isDirectory(folder)) {
      return scripts;
    }
    try (var actions = Files.list(folder)) {
      actions
          .filter(action -> Files.exists(action.resolve("action.lua")))
          .forEach(
              action ->
                  scripts.put(
                      action.getFileName().toString(),
                      TextFile.read(action.resolve("action.lua"))));
      return scripts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
