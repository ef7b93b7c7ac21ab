package ai.okchat.operator.knowledge;

import ai.okchat.client.CallObserver;
import ai.okchat.client.QueryResult.Passage;
import ai.okchat.operator.account.AccountRegistry;
import ai.okchat.operator.backend.BackendResolution.Connected;
import ai.okchat.operator.backend.BackendResolver;
import ai.okchat.operator.backend.BackendUsage;
import ai.okchat.operator.backend.NamespaceAccess;
import ai.okchat.operator.knowledge.ingestion.LinkedBot;
import ai.okchat.operator.scheduling.BackgroundPermits;
import ai.okchat.operator.testing.DefaultBackend;
import ai.okchat.operator.testing.InMemoryApiServer;
import ai.okchat.operator.testing.MovingClock;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;

/** A bot that returns the passages of a test for each retrieval query, and records the queries. */
final class QueriedBot implements AutoCloseable {

  static final String ID = "bot-1";

  private static final String NAMESPACE = "team";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final InMemoryApiServer kubernetes;
  private final AccountRegistry accounts;
  private final LinkedBot link;
  private final Map<String, List<Passage>> passages = new HashMap<>();
  private final List<String> queries = new ArrayList<>();
  private int status = 200;

  QueriedBot(MovingClock clock) {
    kubernetes = new InMemoryApiServer(clock);
    accounts = new AccountRegistry(CallObserver.NONE, new BackgroundPermits(10), clock, clock);
    var http = new OkHttpClient.Builder().addInterceptor(this::respond).build();
    var connections =
        BackendResolver.create(
            kubernetes.client(), Set.of(), accounts, http, BackendUsage.anyOf(List.of()));
    kubernetes.create(DefaultBackend.secret(NAMESPACE, "test-key"));
    var resolved =
        (Connected)
            connections.of(
                DefaultBackend.of(NAMESPACE, "https://okchat.example"),
                new NamespaceAccess(NAMESPACE, Map.of()));
    link = new LinkedBot(resolved.connection(), ID, null, null);
  }

  InMemoryApiServer kubernetes() {
    return kubernetes;
  }

  LinkedBot link() {
    return link;
  }

  /** Without this, a query finds no passage. */
  synchronized void finds(String query, Passage... found) {
    passages.put(query, List.of(found));
  }

  /** The HTTP status of all responses from now on. */
  synchronized void respondsWith(int code) {
    status = code;
  }

  /** The queries since the last call. */
  synchronized List<String> takeQueries() {
    var taken = List.copyOf(queries);
    queries.clear();
    return taken;
  }

  static Passage passage(String title, double similarity) {
    return new Passage("Title: " + title + "\nChunk: 1\n\nContent:\nNine.", similarity);
  }

  @Override
  public void close() {
    accounts.close();
    kubernetes.close();
  }

  private synchronized Response respond(Interceptor.Chain chain) throws IOException {
    var request = chain.request();
    var sent = new Buffer();
    if (request.body() != null) {
      request.body().writeTo(sent);
    }
    var query = JSON.readTree(sent.readUtf8()).path("query").asText();
    queries.add(query);
    return new Response.Builder()
        .request(request)
        .protocol(Protocol.HTTP_1_1)
        .code(status)
        .message("")
        .body(ResponseBody.create(body(query).toString(), MediaType.get("application/json")))
        .build();
  }

  private JsonNode body(String query) {
    var body = JSON.createObjectNode();
    var results = body.putArray("results");
    for (var passage : passages.getOrDefault(query, List.of())) {
      results.addObject().put("content", passage.content()).put("similarity", passage.similarity());
    }
    return body;
  }
}
