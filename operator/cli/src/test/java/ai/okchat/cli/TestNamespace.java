package ai.okchat.cli;

import ai.okchat.localcluster.LocalCluster;
import ai.okchat.localcluster.LocalClusterOptions;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A namespace of one real API server, which all tests of this module share, with the CRDs of the
 * operator. The operator does not run: tests write the status themselves.
 */
final class TestNamespace {
  private static final MediaType APPLY = MediaType.get("application/apply-patch+yaml");
  private static final MediaType MERGE = MediaType.get("application/merge-patch+json");
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final long LONGEST_WAIT_MILLIS = 60_000;

  private static final class Shared {
    static final LocalCluster CLUSTER = LocalCluster.start(LocalClusterOptions.defaults());
    static final ClusterLogin ADMIN =
        ClusterLogin.of(
            CLUSTER.kubeconfig(),
            null,
            new Streams(System.in, System.out, System.err, false, Map.of(), Clock.systemUTC()));

    static {
      installCrds();
    }

    private static void installCrds() {
      var folder = Path.of("../../crds");
      try (var files = Files.newDirectoryStream(folder, "*.yaml")) {
        for (var file : files) {
          var path = "apis/apiextensions.k8s.io/v1/customresourcedefinitions/";
          var name = file.getFileName().toString();
          send(
              url(path + name.replaceAll("[.]yaml$", "")),
              "PATCH",
              RequestBody.create(Files.readString(file), APPLY));
        }
        for (var kind : Kind.values()) {
          awaitServed(kind);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The API server serves a new type after a moment. */
    private static void awaitServed(Kind kind) {
      var end = System.currentTimeMillis() + LONGEST_WAIT_MILLIS;
      var url = url("apis/okchat.ai/v1alpha1/" + kind.type().plural());
      while (status(url) != 200 && System.currentTimeMillis() < end) {
        Thread.onSpinWait();
      }
    }

    static HttpUrl url(String path) {
      return ADMIN
          .server()
          .newBuilder()
          .addPathSegments(path)
          .addQueryParameter("fieldManager", "test")
          .build();
    }

    private static int status(HttpUrl url) {
      try (var response = ADMIN.http().newCall(request(url).build()).execute()) {
        return response.code();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    static Request.Builder request(HttpUrl url) {
      return new Request.Builder().url(url).header("Authorization", "" + ADMIN.authorization());
    }

    static JsonNode send(HttpUrl url, String method, RequestBody body) {
      try (var response =
          ADMIN.http().newCall(request(url).method(method, body).build()).execute()) {
        var text = response.body().string();
        if (!response.isSuccessful()) {
          throw new IllegalStateException(method + " " + url + ": " + text);
        }
        return JsonText.MAPPER.readTree(text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private final String name;

  private TestNamespace(String name) {
    this.name = name;
  }

  static TestNamespace create() {
    var namespace = new TestNamespace("test-" + NUMBER.incrementAndGet());
    namespace.apply("{apiVersion: v1, kind: Namespace, metadata: {name: " + namespace.name + "}}");
    return namespace;
  }

  static LocalCluster cluster() {
    return Shared.CLUSTER;
  }

  String name() {
    return name;
  }

  /** Runs the plugin in this namespace, as an administrator. */
  PluginRun run(String... arguments) {
    return given().run(arguments);
  }

  PluginRun.Given given() {
    return PluginRun.Given.nothing().with("KUBECONFIG", kubeconfig().toString());
  }

  /** A kubeconfig of an administrator whose context has this namespace. */
  Path kubeconfig() {
    try {
      var file = Files.createTempFile("okchat-cli", ".kubeconfig");
      file.toFile().deleteOnExit();
      var yaml = Shared.CLUSTER.kubeconfigYaml();
      var context = "context:\n";
      var at = yaml.indexOf(context);
      var indent =
          yaml.substring(at + context.length())
              .indexOf(yaml.substring(at + context.length()).strip());
      return Files.writeString(
          file,
          yaml.substring(0, at + context.length())
              + " ".repeat(indent)
              + "namespace: "
              + name
              + "\n"
              + yaml.substring(at + context.length()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Applies one manifest. */
  JsonNode apply(String yaml) {
    JsonNode manifest =
        JsonText.MAPPER.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(yaml));
    var path = path(manifest.path("apiVersion").asText(), manifest.path("kind").asText());
    return Shared.send(
        Shared.url(path + "/" + manifest.path("metadata").path("name").asText()),
        "PATCH",
        RequestBody.create(yaml, APPLY));
  }

  private String path(String apiVersion, String kind) {
    var group = (apiVersion.contains("/") ? "apis/" : "api/") + apiVersion + "/";
    var plural = kind.toLowerCase(Locale.ROOT) + "s";
    var isCluster = kind.equals("Namespace") || kind.startsWith("Cluster");
    return group + (isCluster ? "" : "namespaces/" + name + "/") + plural;
  }

  JsonNode object(Kind kind, String object) {
    return Shared.send(
        Shared.url(path("okchat.ai/v1alpha1", kind.title()) + "/" + object),
        "PATCH",
        RequestBody.create("{}", MERGE));
  }

  /** Writes the status of an object, as the operator would: fields as JSON. */
  void status(Kind kind, String object, String json) {
    Shared.send(
        Shared.url(path("okchat.ai/v1alpha1", kind.title()) + "/" + object + "/status"),
        "PATCH",
        RequestBody.create("{\"status\":" + json + "}", MERGE));
  }

  /** Writes the condition {@code Ready}, and more fields of the status. */
  void ready(Kind kind, String object, String status, String reason, String message, String more) {
    status(
        kind,
        object,
        """
        {"observedGeneration":1,"conditions":[{"type":"Ready","status":"%s","reason":"%s",
        "message":%s,"lastTransitionTime":"2026-01-01T11:00:00Z","observedGeneration":1}]%s}
        """
            .formatted(status, reason, JsonText.MAPPER.valueToTree(message), more));
  }

  void event(String kind, JsonNode object, String reason, String message) {
    var event = JsonText.object().put("apiVersion", "v1").put("kind", "Event");
    event.putObject("metadata").put("generateName", "event.").put("namespace", name);
    event
        .putObject("involvedObject")
        .put("apiVersion", "okchat.ai/v1alpha1")
        .put("kind", kind)
        .put("namespace", name)
        .put("name", object.path("metadata").path("name").asText())
        .put("uid", object.path("metadata").path("uid").asText());
    event.put("type", "Warning").put("reason", reason).put("message", message);
    event.put("lastTimestamp", "2026-01-01T11:55:00Z");
    Shared.send(
        Shared.url("api/v1/namespaces/" + name + "/events"),
        "POST",
        RequestBody.create(JsonText.line(event), MediaType.get("application/json")));
  }

  /** Lets a user of this name use objects of the operator, and nothing else. */
  void allow(String user, String... verbs) {
    apply(
        """
        {apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: %s},
         rules: [{apiGroups: [okchat.ai], resources: ["*"], verbs: [%s]}]}
        """
            .formatted(user, String.join(", ", verbs)));
    apply(
        """
        {apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: %1$s},
         subjects: [{kind: User, name: %1$s, apiGroup: rbac.authorization.k8s.io}],
         roleRef: {kind: Role, name: %1$s, apiGroup: rbac.authorization.k8s.io}}
        """
            .formatted(user));
  }

  void delete(String plural, String object) {
    Shared.send(
        Shared.url("api/v1/namespaces/" + name + "/" + plural + "/" + object),
        "DELETE",
        RequestBody.create("", MERGE));
  }

  /** Returns the text with the name of the namespace replaced, for a golden file. */
  String neutral(PluginRun run) {
    return run.transcript().replace(name, "NAMESPACE");
  }
}
