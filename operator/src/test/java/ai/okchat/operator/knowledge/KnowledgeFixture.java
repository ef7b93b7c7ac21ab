package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.ApiServerWrites;
import ai.okchat.operator.testing.OperatorFixture;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/** Steps of KnowledgeSource tests in a {@link OperatorFixture}: apply, wait, read the bot. */
final class KnowledgeFixture {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final OperatorFixture world;
  private final HttpClient http = HttpClient.newHttpClient();

  KnowledgeFixture(OperatorFixture world) {
    this.world = world;
  }

  /** A Ready Chatbot; returns the id of its bot. */
  String readyBot(String name) {
    world.connectBackend();
    world.applyChatbot(name);
    return Objects.requireNonNull(world.awaitId(name));
  }

  /** A KnowledgeSource for the Chatbot {@code support} with these lines of spec. */
  void apply(String name, String... specLines) {
    world.applySource(name, specLines);
  }

  void applyConfigMap(String name, Map<String, String> data) {
    var configMap =
        new io.fabric8.kubernetes.api.model.ConfigMapBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(world.namespace())
            .addToLabels("docs", "yes")
            .endMetadata()
            .withData(data)
            .build();
    world.kubernetes().resource(configMap).forceConflicts().serverSideApply();
  }

  Resource<KnowledgeSource> sources(String name) {
    return world.sources(name);
  }

  KnowledgeSource source(String name) {
    return Objects.requireNonNull(sources(name).get(), "no KnowledgeSource " + name);
  }

  KnowledgeSource awaitReady(String name) {
    return await(name, KnowledgeFixture::isReady);
  }

  KnowledgeSource awaitReason(String name, ConditionType type, Reason reason) {
    return await(
        name,
        source ->
            source.getStatus() != null
                && Conditions.hasReason(source.getStatus().conditions(), type, reason)
                && source
                    .getMetadata()
                    .getGeneration()
                    .equals(source.getStatus().observedGeneration()));
  }

  KnowledgeSource await(String name, Predicate<KnowledgeSource> condition) {
    return Awaitility.await("KnowledgeSource " + name)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> sources(name).get(), source -> source != null && condition.test(source));
  }

  void awaitGone(String name) {
    Awaitility.await("end of KnowledgeSource " + name)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> sources(name).get() == null);
  }

  /** Titles of all documents of a bot, also those that no list shows yet, in order. */
  List<String> titles(String botId) {
    return documents(botId).stream()
        .map(document -> document.path("title").asText())
        .sorted()
        .toList();
  }

  /** The names within the titles of this source, without tags. */
  List<String> names(String botId) {
    return titles(botId).stream()
        .map(title -> title.replaceFirst("\\.[0-9a-f]{6}\\..*", ""))
        .toList();
  }

  /** Contents by name. */
  Map<String, String> contents(String botId) {
    var contents = new TreeMap<String, String>();
    for (var document : documents(botId)) {
      var one = send("GET", documentsPath(botId) + "/" + document.path("id").asText(), "");
      contents.put(
          document.path("title").asText().replaceFirst("\\.[0-9a-f]{6}\\..*", ""),
          one.path("content").asText());
    }
    return contents;
  }

  List<JsonNode> documents(String botId) {
    var all = send("GET", documentsPath(botId), "").path("documents");
    return StreamSupport.stream(all.spliterator(), false).toList();
  }

  void addInDashboard(String botId, String title, String content) {
    send("POST", documentsPath(botId), text(Map.of("title", title, "content", content)));
  }

  void removeInDashboard(String botId, String documentId) {
    send("DELETE", documentsPath(botId) + "/" + documentId, "");
  }

  /** The calls that change documents, in order of their names. */
  List<String> writes() {
    return world.backend().endpoints().stream()
        .filter(
            endpoint ->
                endpoint.equals("upload-knowledge")
                    || endpoint.equals("update-knowledge")
                    || endpoint.equals("delete-knowledge"))
        .sorted()
        .toList();
  }

  /** Returns the writes of KnowledgeSources and ledgers to the API server. */
  List<String> apiWrites() {
    return ApiServerWrites.of(world).stream()
        .filter(write -> write.contains("knowledgesources") || write.contains("configmaps"))
        .toList();
  }

  static Condition condition(KnowledgeSource source, ConditionType type) {
    return Conditions.find(source.getStatus().conditions(), type).orElseThrow();
  }

  static boolean isReady(KnowledgeSource source) {
    var status = source.getStatus();
    return status != null
        && Conditions.isTrue(status.conditions(), ConditionType.Ready)
        && source.getMetadata().getGeneration().equals(status.observedGeneration());
  }

  private static String documentsPath(String botId) {
    return "/sandbox/chatbots/" + botId + "/documents";
  }

  private JsonNode send(String method, String path, String body) {
    var request =
        HttpRequest.newBuilder(URI.create(world.backend().url() + path))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    try {
      var response = http.send(request, BodyHandlers.ofString());
      return response.body().isBlank() ? JSON.nullNode() : JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String text(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
