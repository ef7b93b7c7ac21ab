package ai.okchat.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The requests to the API server. Objects are JSON trees: binding them to types takes longer than
 * the request. Every failure is a {@link PluginException} that names the action of the user.
 */
final class ClusterClient {
  /** The field manager of annotations that a user sets. */
  static final String FIELD_MANAGER = "okchat-user";

  private static final MediaType JSON = MediaType.get("application/json");
  private static final MediaType MERGE_PATCH = MediaType.get("application/merge-patch+json");
  private static final long LONGEST = 64L * 1024 * 1024;

  /** As many objects with the longest prompts are below {@link #LONGEST}. */
  private static final int PAGE = 100;

  private static final int MOST_STARTS = 3;
  private static final int MOST_OBJECTS = 100_000;

  private final ClusterLogin login;
  private final @Nullable String impersonated;

  /**
   * @param impersonated user to act as; null: the user of the kubeconfig
   */
  ClusterClient(ClusterLogin login, @Nullable String impersonated) {
    this.login = login;
    this.impersonated = impersonated;
  }

  ClusterLogin login() {
    return login;
  }

  /** Gets one object; empty if it does not exist. */
  Optional<KubeObject> get(ResourceType type, String namespace, String name) {
    var action = new Action("get", type, namespace);
    return send(action, url(type, namespace).addPathSegment(name).build(), "GET", null, true)
        .map(json -> new KubeObject(type, json));
  }

  /**
   * Lists objects.
   *
   * @param namespace empty: all
   * @param query for example {@code labelSelector}
   */
  List<KubeObject> list(ResourceType type, String namespace, Map<String, String> query) {
    return list(type, namespace, query, UnaryOperator.identity());
  }

  /**
   * Lists objects, in pages. A list that takes longer than the API server keeps its state starts
   * again.
   *
   * @param kept returns what stays in memory of an object
   */
  List<KubeObject> list(
      ResourceType type,
      String namespace,
      Map<String, String> query,
      UnaryOperator<KubeObject> kept) {
    for (var start = 1; start <= MOST_STARTS; start++) {
      try {
        return listPages(type, namespace, query, kept);
      } catch (ExpiredListException e) {
        // The objects of the pages before are of another state than the others.
      }
    }
    throw PluginException.unknown(
        "The list of %s expired %d times before its end. Name one namespace, or try again later."
            .formatted(type.resource(), MOST_STARTS));
  }

  /** The token of the next page is older than the states that the API server keeps. */
  private static final class ExpiredListException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private List<KubeObject> listPages(
      ResourceType type,
      String namespace,
      Map<String, String> query,
      UnaryOperator<KubeObject> kept) {
    var action = new Action("list", type, namespace);
    var objects = new ArrayList<KubeObject>();
    var next = "";
    do {
      var url = url(type, namespace).addQueryParameter("limit", Integer.toString(PAGE));
      query.forEach(url::addQueryParameter);
      if (!next.isEmpty()) {
        url.addQueryParameter("continue", next);
      }
      var page = send(action, url.build(), "GET", null, false).orElseThrow();
      page.path("items").forEach(item -> objects.add(kept.apply(new KubeObject(type, item))));
      next = page.path("metadata").path("continue").asText("");
    } while (!next.isEmpty() && objects.size() < MOST_OBJECTS);
    return objects;
  }

  /** Changes an object by a merge patch; empty if it does not exist. */
  Optional<KubeObject> patch(ResourceType type, String namespace, String name, JsonNode change) {
    var url =
        url(type, namespace)
            .addPathSegment(name)
            .addQueryParameter("fieldManager", FIELD_MANAGER)
            .build();
    var body = RequestBody.create(JsonText.line(change), MERGE_PATCH);
    return send(new Action("patch", type, namespace), url, "PATCH", body, true)
        .map(json -> new KubeObject(type, json));
  }

  /** Creates an object. */
  void create(ResourceType type, String namespace, JsonNode object) {
    var url = url(type, namespace).addQueryParameter("fieldManager", FIELD_MANAGER).build();
    var body = RequestBody.create(JsonText.line(object), JSON);
    send(new Action("create", type, namespace), url, "POST", body, false);
  }

  /** Deletes an object; false if it does not exist. */
  boolean delete(ResourceType type, String namespace, String name) {
    var url = url(type, namespace).addPathSegment(name).build();
    return send(new Action("delete", type, namespace), url, "DELETE", null, true).isPresent();
  }

  /** Asks the API server whether the user has a right. */
  boolean isAllowed(String verb, ResourceType type, String namespace) {
    var review = JsonText.object();
    review.put("apiVersion", "authorization.k8s.io/v1").put("kind", "SelfSubjectAccessReview");
    var attributes = review.putObject("spec").putObject("resourceAttributes");
    attributes
        .put("verb", verb)
        .put("group", type.group())
        .put("version", type.version())
        .put("resource", type.plural());
    if (type.namespaced() && !namespace.isEmpty()) {
      attributes.put("namespace", namespace);
    }
    var reviews =
        new ResourceType(
            "authorization.k8s.io",
            "v1",
            "selfsubjectaccessreviews",
            "SelfSubjectAccessReview",
            false);
    return send(
            new Action("create", reviews, ""),
            url(reviews, "").build(),
            "POST",
            RequestBody.create(JsonText.line(review), JSON),
            false)
        .map(answer -> answer.path("status").path("allowed").asBoolean())
        .orElse(false);
  }

  /** The version and the time of the API server. */
  record ServerInfo(String version, int minor, Instant time) {}

  ServerInfo server() {
    var types = new ResourceType("", "", "version", "version", false);
    var url = login.server().newBuilder().addPathSegment("version").build();
    try (var response = login.http().newCall(request(url, "GET", null)).execute()) {
      var json = read(new Action("get", types, ""), response, false).orElseThrow();
      var minor = json.path("minor").asText().replaceAll("[^0-9]", "");
      var date = response.headers().getInstant("Date");
      return new ServerInfo(
          VisibleText.bounded(json.path("gitVersion").asText(), 40),
          minor.isEmpty() || minor.length() > 4 ? 0 : Integer.parseInt(minor),
          date == null ? Instant.EPOCH : date);
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /** Returns the plurals of the types of a group; none if the cluster does not have it. */
  Set<String> servedTypes(String group, String version) {
    var types = new ResourceType(group, version, "", "types", false);
    var url = login.server().newBuilder().addPathSegments("apis/" + group + "/" + version).build();
    try (var response = login.http().newCall(request(url, "GET", null)).execute()) {
      if (response.code() == 404) {
        return Set.of();
      }
      var found = new HashSet<String>();
      read(new Action("get", types, ""), response, false)
          .orElseThrow()
          .path("resources")
          .forEach(type -> found.add(type.path("name").asText()));
      return found;
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private HttpUrl.Builder url(ResourceType type, String namespace) {
    var url = login.server().newBuilder();
    if (type.group().isEmpty()) {
      url.addPathSegment("api");
    } else {
      url.addPathSegment("apis").addPathSegment(type.group());
    }
    url.addPathSegment(type.version());
    if (type.namespaced() && !namespace.isEmpty()) {
      url.addPathSegment("namespaces").addPathSegment(namespace);
    }
    return url.addPathSegment(type.plural());
  }

  /** A request as messages name it. */
  private record Action(String verb, ResourceType type, String namespace) {
    String inNamespace() {
      if (!type.namespaced()) {
        return "";
      }
      return namespace.isEmpty() ? " in all namespaces" : " in the namespace " + namespace;
    }
  }

  private Optional<JsonNode> send(
      Action action, HttpUrl url, String method, @Nullable RequestBody body, boolean mayBeAbsent) {
    try (var response = login.http().newCall(request(url, method, body)).execute()) {
      return read(action, response, mayBeAbsent);
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private Request request(HttpUrl url, String method, @Nullable RequestBody body) {
    var request = new Request.Builder().url(url).method(method, body);
    request.header("Accept", "application/json").header("User-Agent", "kubectl-okchat");
    if (login.authorization() != null) {
      request.header("Authorization", login.authorization());
    }
    if (impersonated != null) {
      request.header("Impersonate-User", impersonated);
    }
    return request.build();
  }

  private PluginException unreachable(IOException failure) {
    return PluginException.unknown(
        "The API server %s of the context \"%s\" did not respond: %s. Check the connection and the proxy with: kubectl version"
            .formatted(
                login.server().host() + ":" + login.server().port(),
                VisibleText.bounded(login.context(), 80),
                VisibleText.bounded(String.valueOf(failure.getMessage()), 200)));
  }

  private Optional<JsonNode> read(Action action, Response response, boolean mayBeAbsent)
      throws IOException {
    var stream = response.body().byteStream();
    var bytes = stream.readNBytes((int) LONGEST);
    if (response.isSuccessful()) {
      return Optional.of(JsonText.MAPPER.readTree(bytes));
    }
    if (response.code() == 404 && mayBeAbsent && isStatus(bytes, action)) {
      return Optional.empty();
    }
    throw failure(action, response.code(), message(bytes));
  }

  /** Returns whether a 404 is about the object and not about an unknown type. */
  private static boolean isStatus(byte[] body, Action action) throws IOException {
    try {
      var details = JsonText.MAPPER.readTree(body).path("details");
      return details.path("kind").asText().equals(action.type().plural());
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static String message(byte[] body) {
    try {
      return VisibleText.bounded(JsonText.MAPPER.readTree(body).path("message").asText(""), 300);
    } catch (IOException e) {
      return "";
    }
  }

  private PluginException failure(Action action, int status, String message) {
    return switch (status) {
      case 401 ->
          PluginException.unknown(
              "The API server rejected the credentials of the context \"%s\". Log in again."
                  .formatted(VisibleText.bounded(login.context(), 80)));
      case 403 -> missingRight(action);
      case 410 -> throw new ExpiredListException();
      case 404 ->
          PluginException.unknown(
              "The cluster does not have the type %s. Install the operator first: operator/docs/install.md"
                  .formatted(action.type().resource()));
      default ->
          PluginException.unknown(
              "Tried to %s %s%s, but the API server responded with %d: %s"
                  .formatted(
                      action.verb(),
                      action.type().resource(),
                      action.inNamespace(),
                      status,
                      message));
    };
  }

  private static PluginException missingRight(Action action) {
    var type = action.type();
    return PluginException.unknown(
        "You do not have the right to %s %s%s. Ask an administrator for a %s with the verb \"%s\" for the resource \"%s\" of the API group \"%s\"."
            .formatted(
                action.verb(),
                type.resource(),
                action.inNamespace(),
                type.namespaced() && !action.namespace().isEmpty() ? "Role" : "ClusterRole",
                action.verb().toLowerCase(Locale.ROOT),
                type.plural(),
                type.group()));
  }
}
