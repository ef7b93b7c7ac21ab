package ai.okchat.operator.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One object of an {@link InMemoryApiServer} with the field managers of what several clients write:
 * annotations, labels, finalizers, data and status. A server-side apply removes fields that its
 * manager applied before and omits now, unless another manager has them too.
 */
final class ServedObject {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode base;
  private final Map<String, JsonNode> fields = new TreeMap<>();
  private final Map<String, Set<String>> managers = new TreeMap<>();
  private @Nullable ObjectNode snapshot;
  private @Nullable HasMetadata parsed;

  /**
   * @param base what no client shares: kind, identity and spec
   */
  private ServedObject(ObjectNode base) {
    this.base = base;
  }

  static ServedObject of(ObjectNode object, String manager) {
    var served = new ServedObject(withoutFields(object));
    served.update(object, manager);
    return served;
  }

  /** A copy of the object as it is now. */
  ObjectNode toJson() {
    return snapshot().deepCopy();
  }

  /** The object as it is now, parsed once. */
  <T extends HasMetadata> T parse(Class<T> kind) {
    if (parsed == null) {
      parsed = Serialization.unmarshal(snapshot().toString(), kind);
    }
    return kind.cast(parsed);
  }

  private ObjectNode snapshot() {
    if (snapshot == null) {
      var object = base.deepCopy();
      fields.forEach((path, value) -> put(object, path, value));
      snapshot = object;
    }
    return snapshot;
  }

  private void changed() {
    snapshot = null;
    parsed = null;
  }

  /** Sets what only the server writes: resourceVersion and generation. */
  void identify(ObjectNode metadata) {
    for (var name : List.of("resourceVersion", "generation")) {
      base.withObject("/metadata").set(name, metadata.get(name));
    }
    changed();
  }

  /** Replaces everything, as a PUT or a patch does; the manager owns each field that it changes. */
  void update(ObjectNode object, String manager) {
    base.removeAll();
    base.setAll(withoutFields(object));
    var updated = fieldsOf(object);
    fields.keySet().retainAll(updated.keySet());
    managers.keySet().retainAll(updated.keySet());
    updated.forEach((path, value) -> own(path, value, manager, false));
    changed();
  }

  /** A server-side apply with force, to the object or to its status. */
  void apply(ObjectNode applied, String manager, boolean statusOnly) {
    var mine = fieldsOf(applied);
    mine.keySet().removeIf(path -> path.startsWith("status") != statusOnly);
    for (var path : new TreeSet<>(fields.keySet())) {
      if (path.startsWith("status") == statusOnly && !mine.containsKey(path)) {
        disown(path, manager);
      }
    }
    mine.forEach((path, value) -> own(path, value, manager, true));
    changed();
  }

  private void own(String path, JsonNode value, String manager, boolean shared) {
    var isChanged = !value.equals(fields.put(path, value));
    var owners = managers.computeIfAbsent(path, _ -> new HashSet<>());
    if (isChanged) {
      owners.clear();
    }
    if (isChanged || shared) {
      owners.add(manager);
    }
  }

  private void disown(String path, String manager) {
    var owners = managers.getOrDefault(path, Set.of());
    if (owners.contains(manager) && owners.size() == 1) {
      fields.remove(path);
      managers.remove(path);
    } else if (owners.contains(manager)) {
      owners.remove(manager);
    }
  }

  private static Map<String, JsonNode> fieldsOf(ObjectNode object) {
    var fields = new TreeMap<String, JsonNode>();
    var metadata = object.path("metadata");
    addEach(fields, "annotations", metadata.path("annotations"));
    addEach(fields, "labels", metadata.path("labels"));
    metadata.path("finalizers").forEach(name -> fields.put("finalizers|" + name.asText(), name));
    addEach(fields, "data", object.path("data"));
    addEach(fields, "binaryData", object.path("binaryData"));
    for (var field : object.path("status").properties()) {
      if (!field.getKey().equals("conditions")) {
        fields.put("status|" + field.getKey(), field.getValue());
      }
    }
    object
        .path("status")
        .path("conditions")
        .forEach(
            condition ->
                fields.put("status/conditions|" + condition.path("type").asText(), condition));
    return fields;
  }

  private static void addEach(Map<String, JsonNode> fields, String group, JsonNode values) {
    values
        .properties()
        .forEach(field -> fields.put(group + "|" + field.getKey(), field.getValue()));
  }

  private static void put(ObjectNode object, String path, JsonNode value) {
    var group = path.substring(0, path.indexOf('|'));
    var key = path.substring(path.indexOf('|') + 1);
    switch (group) {
      case "annotations", "labels" -> child(child(object, "metadata"), group).set(key, value);
      case "finalizers" -> list(child(object, "metadata"), group).add(value);
      case "status/conditions" -> list(child(object, "status"), "conditions").add(value);
      default -> child(object, group).set(key, value);
    }
  }

  private static ObjectNode child(ObjectNode parent, String name) {
    return parent.get(name) instanceof ObjectNode child ? child : parent.putObject(name);
  }

  private static ArrayNode list(ObjectNode parent, String name) {
    return parent.get(name) instanceof ArrayNode list ? list : parent.putArray(name);
  }

  private static ObjectNode withoutFields(ObjectNode object) {
    var base = object.deepCopy();
    base.remove("status");
    base.remove("data");
    base.remove("binaryData");
    if (base.get("metadata") instanceof ObjectNode metadata) {
      metadata.remove(Set.of("annotations", "labels", "finalizers", "managedFields"));
    } else {
      base.set("metadata", JSON.createObjectNode());
    }
    return base;
  }
}
