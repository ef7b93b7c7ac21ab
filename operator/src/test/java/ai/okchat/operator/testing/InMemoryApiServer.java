package ai.okchat.operator.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * An API server in memory, over HTTP, with what the operator uses: GET, server-side apply of
 * metadata and of status, JSON patch, PUT with optimistic locking, deletion with finalizers, uid,
 * generation and resourceVersion. No schema, no watch, no permissions: those tests need a real one.
 */
public final class InMemoryApiServer implements AutoCloseable {

  /** Field manager of users who edit objects with kubectl, Helm or a restore. */
  private static final String USER = "kubectl";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long FIRST_VERSION = 1_000;
  private static final Map<Class<? extends HasMetadata>, String> PLURALS =
      new ConcurrentHashMap<>();

  static {
    // The server sends headers and body apart; the delayed acknowledgement costs 40 ms each.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final Clock clock;
  private final HttpServer http;
  private final KubernetesClient client;
  private final Map<String, ServedObject> objects = new TreeMap<>();
  private long version = FIRST_VERSION;
  private long uids;
  private Consumer<String> gate = _ -> {};

  public InMemoryApiServer(Clock clock) {
    this.clock = clock;
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.createContext("/", this::serve);
    http.start();
    client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(Config.empty())
                    .withMasterUrl("http://127.0.0.1:" + http.getAddress().getPort() + "/")
                    .withRequestRetryBackoffLimit(0)
                    .build())
            .build();
  }

  public KubernetesClient client() {
    return client;
  }

  /** The state of a new cluster. */
  public synchronized void reset() {
    objects.clear();
    version = FIRST_VERSION;
    uids = 0;
    gate = _ -> {};
  }

  /**
   * Sees each request but those for Events before it is served.
   *
   * @param gate given method and path; what it throws becomes a response 500
   */
  public synchronized void onRequest(Consumer<String> gate) {
    this.gate = gate;
  }

  /** Creates an object as a user does: whatever identity it had, it gets a new uid. */
  public synchronized <T extends HasMetadata> T create(T manifest) {
    ObjectNode object = JSON.convertValue(manifest, ObjectNode.class);
    object.remove("status");
    var metadata = object.withObject("/metadata");
    metadata.remove(List.of("deletionTimestamp", "managedFields"));
    return cast(manifest, stored(path(manifest), newborn(object), USER));
  }

  /** Edits metadata, spec or status as a user does; the object as it is then. */
  public synchronized <T extends HasMetadata> T edit(T object, Consumer<ObjectNode> change) {
    var edited = find(path(object)).orElseThrow();
    change.accept(edited);
    return cast(object, replaced(path(object), edited, USER));
  }

  /** Deletes an object as a user does: it stays while it has finalizers. */
  public synchronized void delete(HasMetadata object) {
    delete(path(object));
  }

  private ObjectNode delete(String path) {
    var found = find(path).orElseThrow(() -> new RefusedException(404, path + " not found"));
    if (found.path("metadata").has("deletionTimestamp")) {
      return found;
    }
    found.withObject("/metadata").put("deletionTimestamp", now());
    return replaced(path, found, USER);
  }

  /** Removes an object from the storage, as the loss of a cluster does. */
  public synchronized void lose(HasMetadata object) {
    objects.remove(path(object));
  }

  /**
   * An object as it is stored now, with fields that its class does not have; empty if it is gone.
   */
  public synchronized Optional<ObjectNode> json(HasMetadata object) {
    return find(path(object))
        .filter(
            found ->
                found.path("metadata").path("uid").asText().equals(object.getMetadata().getUid()));
  }

  /** All objects of a kind, in the order of their paths. */
  public synchronized <T extends HasMetadata> List<T> list(Class<T> kind) {
    return objects.entrySet().stream()
        .filter(entry -> entry.getKey().contains("/" + plural(kind) + "/"))
        .map(entry -> entry.getValue().parse(kind))
        .toList();
  }

  public synchronized <T extends HasMetadata> Optional<T> find(
      Class<T> kind, String namespace, String name) {
    return list(kind).stream()
        .filter(object -> object.getMetadata().getName().equals(name))
        .filter(
            object -> namespace.isEmpty() || namespace.equals(object.getMetadata().getNamespace()))
        .findFirst();
  }

  @Override
  public void close() {
    client.close();
    http.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var response = respond(exchange);
      var body = response.body().toString().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(response.code(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private record Response(int code, JsonNode body) {}

  private Response respond(HttpExchange exchange) throws IOException {
    var method = exchange.getRequestMethod();
    var path = exchange.getRequestURI().getPath();
    var body = exchange.getRequestBody().readAllBytes();
    try {
      if (path.endsWith("/events")) {
        return new Response(201, JSON.readTree(body));
      }
      synchronized (this) {
        gate.accept(method + " " + path);
        return respond(exchange, method, path, body);
      }
    } catch (RefusedException e) {
      return status(e.code, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      return status(500, String.valueOf(e));
    }
  }

  private Response respond(HttpExchange exchange, String method, String path, byte[] body)
      throws IOException {
    return switch (method) {
      case "GET" ->
          find(path)
              .map(found -> new Response(200, found))
              .orElseGet(() -> status(404, path + " not found"));
      case "PUT" -> new Response(200, put(path, object(body)));
      case "POST" -> {
        var object = object(body);
        var name = object.path("metadata").path("name").asText();
        yield new Response(201, stored(path + "/" + name, newborn(object), USER));
      }
      case "PATCH" -> new Response(200, patch(exchange, path, body));
      case "DELETE" -> new Response(200, delete(path));
      default -> status(405, method);
    };
  }

  private ObjectNode patch(HttpExchange exchange, String path, byte[] body) throws IOException {
    var type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (type.startsWith("application/apply-patch")) {
      return apply(path, object(body), manager(exchange));
    }
    return type.startsWith("application/merge-patch")
        ? mergePatch(path.replaceFirst("/status$", ""), object(body))
        : jsonPatch(path, (ArrayNode) JSON.readTree(body));
  }

  private ObjectNode mergePatch(String path, ObjectNode patch) {
    var merged = find(path).orElseThrow(() -> new RefusedException(404, path + " not found"));
    checkVersion(merged, patch);
    merge(merged, patch);
    return replaced(path, merged, "okchat-operator");
  }

  /** RFC 7386. */
  private static void merge(ObjectNode target, ObjectNode patch) {
    for (var field : patch.properties()) {
      var value = field.getValue();
      if (value.isNull()) {
        target.remove(field.getKey());
      } else if (value instanceof ObjectNode child) {
        merge(target.withObject("/" + field.getKey()), child);
      } else {
        target.set(field.getKey(), value);
      }
    }
  }

  private ObjectNode apply(String path, ObjectNode applied, String manager) {
    var isStatus = path.endsWith("/status");
    var key = isStatus ? path.substring(0, path.length() - "/status".length()) : path;
    var uid = applied.path("metadata").path("uid").asText("");
    var before = find(key);
    if (before.isEmpty()) {
      if (isStatus) {
        throw new RefusedException(404, key + " not found");
      }
      if (!uid.isEmpty()) {
        throw new RefusedException(409, "no object with the uid " + uid);
      }
      return stored(key, newborn(applied), manager);
    }
    if (!uid.isEmpty() && !uid.equals(before.get().path("metadata").path("uid").asText())) {
      throw new RefusedException(409, "another uid");
    }
    checkVersion(before.get(), applied);
    served(key).apply(applied, manager, isStatus);
    return settled(key, before.get());
  }

  private ObjectNode put(String path, ObjectNode object) {
    var before = find(path).orElseThrow(() -> new RefusedException(404, path + " not found"));
    checkVersion(before, object);
    return replaced(path, object, "okchat-operator");
  }

  private static void checkVersion(ObjectNode before, ObjectNode sent) {
    var version = sent.path("metadata").path("resourceVersion").asText("");
    if (!version.isEmpty()
        && !version.equals(before.path("metadata").path("resourceVersion").asText())) {
      throw new RefusedException(409, "the object has been modified");
    }
  }

  private ObjectNode jsonPatch(String path, ArrayNode operations) {
    var patched = find(path).orElseThrow(() -> new RefusedException(404, path + " not found"));
    for (var operation : operations) {
      var pointer = operation.path("path").asText();
      var last = pointer.lastIndexOf('/');
      var parent = patched.at(pointer.substring(0, last));
      var key = URLDecoder.decode(pointer.substring(last + 1), StandardCharsets.UTF_8);
      key = key.replace("~1", "/").replace("~0", "~");
      change(parent, key, operation);
    }
    return replaced(path, patched, "okchat-operator");
  }

  private static void change(JsonNode parent, String key, JsonNode operation) {
    var kind = operation.path("op").asText();
    var isMissing =
        parent.isMissingNode()
            || (parent.isArray() ? !parent.has(Integer.parseInt(key)) : !parent.has(key));
    if (isMissing && !kind.equals("add")) {
      throw new RefusedException(422, "nothing at " + operation.path("path").asText());
    }
    switch (kind) {
      case "remove" -> {
        if (parent instanceof ArrayNode list) {
          list.remove(Integer.parseInt(key));
        } else {
          ((ObjectNode) parent).remove(key);
        }
      }
      case "add", "replace" -> ((ObjectNode) parent).set(key, operation.get("value"));
      case "test" -> {
        if (!parent.path(key).equals(operation.get("value"))) {
          throw new RefusedException(422, "test failed");
        }
      }
      default -> throw new RefusedException(400, kind);
    }
  }

  private ObjectNode replaced(String path, ObjectNode object, String manager) {
    var before = find(path).orElseThrow();
    served(path).update(object, manager);
    return settled(path, before);
  }

  /** Numbers the change, if it is one, and removes what only waited for its last finalizer. */
  private ObjectNode settled(String path, ObjectNode before) {
    var served = served(path);
    var after = served.toJson();
    var metadata = after.withObject("/metadata");
    var isDeleted = metadata.has("deletionTimestamp");
    if (isDeleted
        && after.path("metadata").path("finalizers").size()
            > before.path("metadata").path("finalizers").size()) {
      served.update(before, USER);
      throw new RefusedException(422, "no new finalizers can be added");
    }
    if (isDeleted && metadata.path("finalizers").isEmpty()) {
      objects.remove(path);
      return after;
    }
    if (!after.equals(before)) {
      metadata.put("resourceVersion", Long.toString(++version));
      if (!after.path("spec").equals(before.path("spec"))
          || isDeleted != before.path("metadata").has("deletionTimestamp")) {
        metadata.put("generation", before.path("metadata").path("generation").asLong() + 1);
      }
      served.identify(metadata);
    }
    return served.toJson();
  }

  private ObjectNode stored(String path, ObjectNode object, String manager) {
    if (objects.containsKey(path)) {
      throw new RefusedException(409, path + " exists");
    }
    objects.put(path, ServedObject.of(object, manager));
    return object;
  }

  private ObjectNode newborn(ObjectNode object) {
    object
        .withObject("/metadata")
        .put("uid", new UUID(++uids * 0x9E3779B97F4A7C15L, uids).toString())
        .put("resourceVersion", Long.toString(++version))
        .put("generation", 1)
        .put("creationTimestamp", now());
    return object;
  }

  private ServedObject served(String path) {
    return Objects.requireNonNull(objects.get(path), path);
  }

  private Optional<ObjectNode> find(String path) {
    return Optional.ofNullable(objects.get(path)).map(ServedObject::toJson);
  }

  private String now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  @SuppressWarnings("unchecked")
  private static <T extends HasMetadata> T cast(T like, ObjectNode object) {
    return (T) Serialization.unmarshal(object.toString(), like.getClass());
  }

  /** The client forms it with many patterns. */
  private static String plural(Class<? extends HasMetadata> kind) {
    return PLURALS.computeIfAbsent(kind, HasMetadata::getPlural);
  }

  private static String path(HasMetadata object) {
    var group = HasMetadata.getGroup(object.getClass());
    var root = group == null || group.isEmpty() ? "/api/v1" : "/apis/" + object.getApiVersion();
    var namespace = object.getMetadata().getNamespace();
    return root
        + (namespace == null ? "" : "/namespaces/" + namespace)
        + "/"
        + plural(object.getClass())
        + "/"
        + object.getMetadata().getName();
  }

  private static String manager(HttpExchange exchange) {
    var query = exchange.getRequestURI().getQuery();
    for (var part : query == null ? new String[0] : query.split("&")) {
      if (part.startsWith("fieldManager=")) {
        return part.substring("fieldManager=".length());
      }
    }
    throw new RefusedException(400, "fieldManager is required");
  }

  private static ObjectNode object(byte[] body) throws IOException {
    return (ObjectNode) JSON.readTree(body);
  }

  private static Response status(int code, String message) {
    return new Response(
        code,
        JSON.createObjectNode().put("kind", "Status").put("code", code).put("message", message));
  }

  private static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int code;

    RefusedException(int code, String message) {
      super(message);
      this.code = code;
    }
  }
}
