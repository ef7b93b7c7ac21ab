package ai.okchat.operator.knowledge.ingestion;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.client.CallObserver;
import ai.okchat.operator.account.AccountRegistry;
import ai.okchat.operator.account.InventoryListener;
import ai.okchat.operator.backend.BackendResolution.Connected;
import ai.okchat.operator.backend.BackendResolver;
import ai.okchat.operator.backend.BackendUsage;
import ai.okchat.operator.backend.NamespaceAccess;
import ai.okchat.operator.kubernetes.ServerSideApply;
import ai.okchat.operator.scheduling.BackgroundPermits;
import ai.okchat.operator.testing.Backend;
import ai.okchat.operator.testing.DefaultBackend;
import ai.okchat.operator.testing.InMemoryApiServer;
import ai.okchat.operator.testing.MovingClock;
import ai.okchat.planning.document.Document;
import ai.okchat.planning.document.UploadAttempt;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import okhttp3.OkHttpClient;

/**
 * A bot in a sandbox, and the source {@code team/docs} in an API server in memory, both with the
 * time of one clock. The requests to both are recorded.
 */
final class SandboxBot implements AutoCloseable {

  private static final String NAMESPACE = "team";
  private static final Pattern NAME = Pattern.compile("/\\S*/(\\w+)/[^/]+$");

  private final MovingClock clock;
  private final Backend backend;
  private final InMemoryApiServer kubernetes;
  private final AccountRegistry accounts;
  private final LinkedBot link;
  private final List<String> apiRequests = new ArrayList<>();
  private String rejected = "none";
  private boolean isRunning = true;

  SandboxBot(MovingClock clock) {
    this.clock = clock;
    backend = Backend.start(clock, Backend.API_KEY + "=ours");
    kubernetes = new InMemoryApiServer(clock);
    accounts = new AccountRegistry(CallObserver.NONE, new BackgroundPermits(10), clock, clock);
    kubernetes.create(DefaultBackend.secret(NAMESPACE, Backend.API_KEY));
    kubernetes.create(SourceManifest.source(""));
    var bot = backend.createInDashboard(Map.of("name", "Support", "slug", "support"));
    link = linked(bot.path("id").asText());
    kubernetes.onRequest(this::record);
  }

  LinkedBot link() {
    return link;
  }

  /** The same connection to a bot with another ID. */
  LinkedBot linkTo(String botId) {
    return new LinkedBot(link.connection(), botId, null, null);
  }

  /** Adds a listener of the lists of bots. */
  void addListener(InventoryListener listener) {
    accounts.addListener(listener);
  }

  Backend backend() {
    return backend;
  }

  InMemoryApiServer kubernetes() {
    return kubernetes;
  }

  /** The source as the API server has it. */
  KnowledgeSource source() {
    return kubernetes.find(KnowledgeSource.class, NAMESPACE, "docs").orElseThrow();
  }

  /** The upload attempts that another process reads. */
  Map<String, UploadAttempt> ledger() {
    var writes = new ServerSideApply(kubernetes.client());
    return new Ledger(kubernetes.client(), writes, 1_000, clock).read(source(), link.botId());
  }

  /** Makes the backend fail requests to an endpoint; a fault without more fields stays. */
  void fault(String endpoint, String kind, Map<String, Object> more) {
    backend.fault(endpoint, kind, more);
  }

  /** The API server rejects these requests from now on, for example {@code PATCH configmaps}. */
  synchronized void rejectApiRequests(String request) {
    rejected = request;
  }

  /** Methods and kinds of the requests to the API server since the last call. */
  synchronized List<String> takeApiRequests() {
    var taken = List.copyOf(apiRequests);
    apiRequests.clear();
    return taken;
  }

  /** The endpoints of the requests to the backend since the last call, without lists. */
  List<String> takeWrites() {
    var writes =
        backend.endpoints().stream().filter(endpoint -> !endpoint.startsWith("list-")).toList();
    backend.clearJournal();
    return writes;
  }

  /** Titles of the documents of the bot in order, also of those that no list shows yet. */
  List<String> titles() {
    return documents().stream().map(document -> document.path("title").asText()).sorted().toList();
  }

  /** The ID of a document, by its title. */
  String id(Document document) {
    return documents().stream()
        .filter(stored -> stored.path("title").asText().equals(document.title().text()))
        .map(stored -> stored.path("id").asText())
        .findFirst()
        .orElseThrow();
  }

  /** Uploads a document as an earlier process did. */
  void store(Document document) {
    link.connection()
        .account()
        .call(
            client -> {
              client.uploadKnowledge(link.botId(), List.of(document.upload()));
              return true;
            });
    backend.clearJournal();
  }

  /** Removes a document as a user of the dashboard does. */
  void lose(Document document) {
    var id = id(document);
    link.connection().account().call(client -> client.deleteKnowledge(link.botId(), id));
    backend.clearJournal();
  }

  /** Stops the backend: connections to it are refused from now on. */
  void stopBackend() {
    isRunning = false;
    backend.close();
  }

  @Override
  public void close() {
    accounts.close();
    kubernetes.close();
    if (isRunning) {
      backend.close();
    }
  }

  private List<JsonNode> documents() {
    return backend.documents(link.botId());
  }

  private synchronized void record(String request) {
    var brief = NAME.matcher(request).replaceFirst("$1");
    apiRequests.add(brief);
    if (brief.equals(rejected)) {
      throw new IllegalStateException("The test rejects " + brief);
    }
  }

  private LinkedBot linked(String botId) {
    var connections =
        BackendResolver.create(
            kubernetes.client(),
            Set.of(),
            accounts,
            new OkHttpClient(),
            BackendUsage.anyOf(List.of()));
    var access = new NamespaceAccess(NAMESPACE, Map.of());
    var resolved = (Connected) connections.of(DefaultBackend.of(NAMESPACE, backend.url()), access);
    return new LinkedBot(resolved.connection(), botId, null, null);
  }
}
