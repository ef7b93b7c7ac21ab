package ai.okchat.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** One object of the cluster, as the API server returns it. */
record KubeObject(ResourceType type, JsonNode json) {
  private static final List<String> IDENTITY = List.of("name", "namespace", "uid");
  private static final List<String> STATE = List.of("conditions", "id", "chatbotId", "backend");

  /** A condition of a status. Texts are empty if the status lacks them. */
  record Condition(String status, String reason, String message, String since) {
    static final Condition NONE = new Condition("Unknown", "", "", "");

    boolean isTrue() {
      return status.equals("True");
    }
  }

  /** Returns the object with the identity and the state only, for lists of many objects. */
  KubeObject abridged() {
    var state = JsonText.object();
    copy(json.path("metadata"), state.putObject("metadata"), IDENTITY);
    copy(json.path("status"), state.putObject("status"), STATE);
    return new KubeObject(type, state);
  }

  private static void copy(JsonNode from, ObjectNode into, List<String> fields) {
    fields.stream().filter(from::has).forEach(field -> into.set(field, from.get(field)));
  }

  String name() {
    return text("metadata", "name");
  }

  String namespace() {
    return text("metadata", "namespace");
  }

  String uid() {
    return text("metadata", "uid");
  }

  /** For example {@code Chatbot/support}. */
  String title() {
    return type.kind() + "/" + name();
  }

  String annotation(String key) {
    return json.path("metadata").path("annotations").path(key).asText("");
  }

  Map<String, String> annotations() {
    var annotations = new HashMap<String, String>();
    json.path("metadata")
        .path("annotations")
        .properties()
        .forEach(entry -> annotations.put(entry.getKey(), entry.getValue().asText("")));
    return annotations;
  }

  boolean isBeingDeleted() {
    return !text("metadata", "deletionTimestamp").isEmpty();
  }

  /** Returns the text at this path; empty if there is none. */
  String text(String... path) {
    var node = json;
    for (var field : path) {
      node = node.path(field);
    }
    return node.isValueNode() && !node.isNull() ? node.asText() : "";
  }

  Optional<Condition> condition(String conditionType) {
    return StreamSupport.stream(json.path("status").path("conditions").spliterator(), false)
        .filter(condition -> condition.path("type").asText().equals(conditionType))
        .findFirst()
        .map(
            condition ->
                new Condition(
                    condition.path("status").asText(),
                    condition.path("reason").asText(),
                    condition.path("message").asText(),
                    condition.path("lastTransitionTime").asText()));
  }

  /** Returns the condition {@code Ready}; Unknown without a reason before the first status. */
  Condition ready() {
    return condition("Ready").orElse(Condition.NONE);
  }

  boolean isPaused() {
    return condition("Paused").filter(Condition::isTrue).isPresent();
  }
}
