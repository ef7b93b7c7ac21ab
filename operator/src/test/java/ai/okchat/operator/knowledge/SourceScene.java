package ai.okchat.operator.knowledge;

import static ai.okchat.operator.knowledge.ingestion.SourceManifest.source;
import static ai.okchat.operator.knowledge.ingestion.SourceManifest.withStatus;
import static java.nio.charset.StandardCharsets.UTF_8;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.client.CallObserver;
import ai.okchat.client.Upload;
import ai.okchat.operator.account.AccountRegistry;
import ai.okchat.operator.backend.BackendResolution;
import ai.okchat.operator.backend.BackendResolver;
import ai.okchat.operator.backend.BackendUsage;
import ai.okchat.operator.backend.Connection;
import ai.okchat.operator.backend.NamespaceAccess;
import ai.okchat.operator.fetch.AddressPolicy;
import ai.okchat.operator.fetch.Cidr;
import ai.okchat.operator.fetch.GitFetcher;
import ai.okchat.operator.fetch.WebFetcher;
import ai.okchat.operator.knowledge.ingestion.BatchExecutor;
import ai.okchat.operator.knowledge.ingestion.Ingestion;
import ai.okchat.operator.knowledge.ingestion.KnowledgeMetadata;
import ai.okchat.operator.knowledge.ingestion.Ledger;
import ai.okchat.operator.knowledge.ingestion.LinkedBot;
import ai.okchat.operator.knowledge.ingestion.UploadOnlyIngestion;
import ai.okchat.operator.knowledge.ingestion.UploadTracker;
import ai.okchat.operator.knowledge.source.ContentLimits;
import ai.okchat.operator.knowledge.source.SourceReader;
import ai.okchat.operator.knowledge.source.SourceReader.Fetchers;
import ai.okchat.operator.kubernetes.EventRecorder;
import ai.okchat.operator.kubernetes.ServerSideApply;
import ai.okchat.operator.lifecycle.EffectiveDeletionPolicy;
import ai.okchat.operator.scheduling.BackgroundPermits;
import ai.okchat.operator.scheduling.NamespaceQuota;
import ai.okchat.operator.testing.Backend;
import ai.okchat.operator.testing.DefaultBackend;
import ai.okchat.operator.testing.InMemoryApiServer;
import ai.okchat.operator.testing.MovingClock;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The environment of the KnowledgeSource {@code team/docs} without a cluster: a bot in a sandbox,
 * and an API server in memory. Only the test moves the clock, also that of the sandbox.
 */
final class SourceScene implements AutoCloseable {

  static final Duration POLL = Duration.ofHours(1);

  /** Namespace of the orphan receipts. */
  static final String OPERATOR_NAMESPACE = "okchat-system";

  private static final String NAMESPACE = "team";
  private static final Duration BATCH = Duration.ofSeconds(4);
  private static final ObjectMapper JSON = new ObjectMapper();

  final MovingClock clock = new MovingClock();
  final InMemoryApiServer kubernetes = new InMemoryApiServer(clock);
  final Backend backend = Backend.start(clock, Backend.API_KEY + "=ours");
  final RecordedChanges changes = new RecordedChanges();
  final UploadTracker tracker = new UploadTracker();
  final String botId = createBot("support");

  private final AccountRegistry accounts =
      new AccountRegistry(CallObserver.NONE, new BackgroundPermits(10), clock, clock);
  private final OkHttpClient http = new OkHttpClient();
  final BackendResolver connections =
      BackendResolver.create(
          kubernetes.client(), Set.of(), accounts, http, BackendUsage.anyOf(List.of()));
  final ServerSideApply writes = new ServerSideApply(kubernetes.client(), changes, clock);
  private final EventRecorder recorder = new EventRecorder(kubernetes.client(), clock, changes);
  final Ledger ledger = new Ledger(kubernetes.client(), writes, 100, clock);

  SourceScene() {
    kubernetes.create(DefaultBackend.secret(NAMESPACE, Backend.API_KEY));
  }

  /** Creates a bot as a user of the dashboard does, and returns its ID. */
  String createBot(String slug) {
    var bot = Map.of("name", slug, "slug", slug, "organization", "ours");
    return backend.createInDashboard(bot).path("id").asText();
  }

  ChatbotRefResolution link() {
    return new ChatbotRefResolution.Linked(bot());
  }

  LinkedBot bot() {
    return bot(botId, null);
  }

  LinkedBot bot(String id, @Nullable String organization) {
    return new LinkedBot(connection(), id, organization, null);
  }

  Connection connection() {
    return switch (connections.of(
        DefaultBackend.of(NAMESPACE, backend.url()), new NamespaceAccess(NAMESPACE, Map.of()))) {
      case BackendResolution.Connected(var connection) -> connection;
      case BackendResolution.Denied(var failure) -> throw new AssertionError(failure.message());
      case BackendResolution.Unresolved(var failure) -> throw new AssertionError(failure.message());
    };
  }

  /** Creates the source with these finalizers. */
  KnowledgeSource create(String spec, String... finalizers) {
    var manifest = source(spec);
    manifest.getMetadata().setFinalizers(List.of(finalizers));
    return kubernetes.create(manifest);
  }

  /** Creates the source with the finalizer of the operator, and deletes it. */
  KnowledgeSource deleted(String spec) {
    kubernetes.delete(create(spec, "okchat.ai/finalizer"));
    return stored();
  }

  KnowledgeSource stored() {
    return found().orElseThrow();
  }

  boolean isGone() {
    return found().isEmpty();
  }

  /** Sets an annotation as a user does. */
  KnowledgeSource annotate(String key, String value) {
    return kubernetes.edit(
        stored(), object -> object.withObject("/metadata/annotations").put(key, value));
  }

  /**
   * Replaces the status.
   *
   * @param status YAML
   */
  KnowledgeSource report(String status) {
    var reported = withStatus(source(""), status).getStatus();
    return kubernetes.edit(stored(), object -> object.set("status", JSON.valueToTree(reported)));
  }

  /** Uploads a document with this title, as another process or client does. */
  void upload(String title) {
    var file = Upload.of(title, "text/markdown", "Nine.".getBytes(UTF_8));
    connection()
        .account()
        .call(
            client -> {
              client.uploadKnowledge(botId, List.of(file));
              return true;
            });
    backend.clearJournal();
  }

  /** Removes the oldest document of the bot, as a user of the dashboard does. */
  void removeOldest() {
    var id = backend.documents(botId).getFirst().path("id").asText();
    connection().account().call(client -> client.deleteKnowledge(botId, id));
    backend.clearJournal();
  }

  /** Returns the titles of all documents of a bot in order, also of those that no list shows. */
  List<String> titles(String id) {
    return backend.documents(id).stream()
        .map(document -> document.path("title").asText())
        .sorted()
        .toList();
  }

  KnowledgeEvents events() {
    return new KnowledgeEvents(recorder);
  }

  KnowledgeObject object() {
    return new KnowledgeObject(
        new KnowledgeMetadata(writes), new KnowledgeStatusWriter(writes, clock), events(), ledger);
  }

  DocumentRemoval removal() {
    return new DocumentRemoval(tracker, ledger, new BatchExecutor(clock, BATCH), clock);
  }

  KnowledgeDeletion deletion() {
    var receipt = new KnowledgeReceipt(writes, OPERATOR_NAMESPACE);
    return new KnowledgeDeletion(
        removal(),
        object(),
        receipt,
        source ->
            EffectiveDeletionPolicy.of(source.getSpec().deletionPolicy(), Optional.empty(), null),
        clock);
  }

  /**
   * Returns a cache of sources, also of those on this machine.
   *
   * @param patience how long a reconciliation waits for a fetch
   */
  SourceCache cache(Duration patience) {
    return cache(patience, Long.MAX_VALUE);
  }

  /**
   * As {@link #cache(Duration)}.
   *
   * @param bytes memory of all readings together
   */
  SourceCache cache(Duration patience, long bytes) {
    var policy = new AddressPolicy(List.of(Cidr.parse("127.0.0.0/8")));
    var fetchers = new Fetchers(new WebFetcher(http, policy), new GitFetcher(http, policy));
    var limits = ContentLimits.ofMebibytes(1, 100, 1);
    var reader = new SourceReader(kubernetes.client(), Set.of(), fetchers, limits);
    return new SourceCache(
        reader, new SourceFetcher(8, patience, _ -> {}), clock, new NamespaceQuota(bytes));
  }

  SourceSynchronizer synchronizer(SourceCache cache) {
    return synchronizer(cache, clock);
  }

  /**
   * @param batchClock time of the batches of uploads
   */
  SourceSynchronizer synchronizer(SourceCache cache, Clock batchClock) {
    var metadata = new KnowledgeMetadata(writes);
    var executor = new BatchExecutor(batchClock, BATCH);
    return new SourceSynchronizer(
        cache,
        new Ingestion(metadata, tracker, ledger, executor, clock),
        new UploadOnlyIngestion(metadata, tracker, ledger, executor, clock),
        new RetrievalChecks(clock),
        events());
  }

  @Override
  public void close() {
    recorder.close();
    accounts.close();
    kubernetes.close();
    backend.close();
  }

  private Optional<KnowledgeSource> found() {
    return kubernetes.find(KnowledgeSource.class, NAMESPACE, "docs");
  }
}
