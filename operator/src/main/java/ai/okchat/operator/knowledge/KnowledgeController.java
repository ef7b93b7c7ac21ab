package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.backend.BackendEventTrigger;
import ai.okchat.operator.backend.BackendResolver;
import ai.okchat.operator.backend.BotOwners;
import ai.okchat.operator.backend.ReferredBackends;
import ai.okchat.operator.knowledge.ingestion.BatchExecutor;
import ai.okchat.operator.knowledge.ingestion.Ingestion;
import ai.okchat.operator.knowledge.ingestion.KnowledgeMetadata;
import ai.okchat.operator.knowledge.ingestion.Ledger;
import ai.okchat.operator.knowledge.ingestion.UploadOnlyIngestion;
import ai.okchat.operator.knowledge.ingestion.UploadTracker;
import ai.okchat.operator.knowledge.source.SourceReader;
import ai.okchat.operator.kubernetes.EventRecorder;
import ai.okchat.operator.kubernetes.MetadataInformers;
import ai.okchat.operator.kubernetes.ServerSideApply;
import ai.okchat.operator.kubernetes.SharedChatbotInformer;
import ai.okchat.operator.shard.OtherShards;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.time.Clock;
import java.time.Duration;

/**
 * Creates the parts of this package and connects them.
 *
 * @param receiptNamespace namespace of the orphan receipts
 * @param watchesNamespaces whether the operator may read Namespaces
 */
public record KnowledgeController(
    KubernetesClient kubernetes,
    BackendResolver connections,
    MetadataInformers references,
    SharedChatbotInformer chatbots,
    BotOwners owners,
    OtherShards elsewhere,
    KnowledgeIndex index,
    KnowledgeEventTrigger eventTrigger,
    BackendEventTrigger backends,
    SourceReader contents,
    ServerSideApply writes,
    EventRecorder events,
    String receiptNamespace,
    boolean watchesNamespaces,
    Clock clock) {

  /** How long one reconciliation may send, so that it notices a change of the spec soon. */
  private static final Duration BATCH = Duration.ofSeconds(4);

  /** Web and git sources that are fetched at the same time; each may use megabytes of memory. */
  private static final int FETCHES = 8;

  /** How long a reconciliation waits for a fetch; most fetches take less. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  public Reconciler<KnowledgeSource> reconciler() {
    return newReconciler();
  }

  KnowledgeSourceReconciler newReconciler() {
    var metadata = new KnowledgeMetadata(writes);
    var ledger = new Ledger(kubernetes, writes, contents.mostDocuments(), clock);
    var object =
        new KnowledgeObject(
            metadata,
            new KnowledgeStatusWriter(writes, clock),
            new KnowledgeEvents(events),
            ledger);
    var tracker = new UploadTracker();
    var memory =
        new KnowledgeMemory(
            new SourceCache(
                contents, new SourceFetcher(FETCHES, PATIENCE, eventTrigger::trigger), clock),
            tracker,
            new RetrievalChecks(clock),
            clock);
    var executor = new BatchExecutor(clock, BATCH);
    var synchronizer =
        new SourceSynchronizer(
            memory.sourceCache(),
            new Ingestion(metadata, tracker, ledger, executor, clock),
            new UploadOnlyIngestion(metadata, tracker, ledger, executor, clock),
            memory.checks(),
            object.events());
    var sources = eventSources();
    var deletion =
        new KnowledgeDeletion(
            new DocumentRemoval(tracker, ledger, executor, clock),
            object,
            new KnowledgeReceipt(writes, receiptNamespace),
            sources::deletionPolicy,
            clock);
    return new KnowledgeSourceReconciler(
        new ChatbotRefResolver(connections, owners, elsewhere),
        synchronizer,
        deletion,
        object,
        memory,
        sources,
        writes);
  }

  private KnowledgeEventSources eventSources() {
    var sources =
        new KnowledgeEventSources(
            references,
            index,
            chatbots,
            eventTrigger,
            backends,
            new ReferredBackends<>(connections, watchesNamespaces),
            watchesNamespaces);
    eventTrigger.attach(sources::sourcesOf);
    return sources;
  }

  /** Returns the filter for the updates of a KnowledgeSource that need a reconciliation. */
  public static OnUpdateFilter<KnowledgeSource> changes() {
    return new KnowledgeUpdateFilter();
  }
}
