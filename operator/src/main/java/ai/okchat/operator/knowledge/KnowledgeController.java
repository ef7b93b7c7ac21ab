package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.backend.BackendWaker;
import ai.okchat.operator.backend.BotOwners;
import ai.okchat.operator.backend.ChatbotWatch;
import ai.okchat.operator.backend.Connections;
import ai.okchat.operator.backend.ReferencedObjects;
import ai.okchat.operator.backend.ReferredBackends;
import ai.okchat.operator.knowledge.source.Sources;
import ai.okchat.operator.shard.OtherShards;
import ai.okchat.operator.status.EventRecorder;
import ai.okchat.operator.status.OwnWrites;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.time.Clock;
import java.time.Duration;

/**
 * Puts the parts of this package together.
 *
 * @param receiptNamespace where orphan receipts are left
 * @param watchesNamespaces whether Namespaces may be read
 */
public record KnowledgeController(
    KubernetesClient kubernetes,
    Connections connections,
    ReferencedObjects references,
    ChatbotWatch chatbots,
    BotOwners owners,
    OtherShards elsewhere,
    KnowledgeIndex index,
    KnowledgeWaker waker,
    BackendWaker backends,
    Sources contents,
    OwnWrites writes,
    EventRecorder events,
    String receiptNamespace,
    boolean watchesNamespaces,
    Clock clock) {

  /** How long one pass may send, so that a change of the spec is not noticed much later. */
  private static final Duration BATCH = Duration.ofSeconds(4);

  /** Web and git sources that are fetched at a time; each may have megabytes in memory. */
  private static final int FETCHES = 8;

  /** Most sources are fetched in less. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  public Reconciler<KnowledgeSource> reconciler() {
    var sources =
        new KnowledgeSources(
            references,
            index,
            chatbots,
            waker,
            backends,
            new ReferredBackends<>(connections, watchesNamespaces),
            watchesNamespaces);
    waker.attach(sources::behind);
    return new KnowledgeReconciler(steps(), sources, writes);
  }

  /** Which updates of a KnowledgeSource are worth a pass. */
  public static OnUpdateFilter<KnowledgeSource> changes() {
    return new KnowledgeChanges();
  }

  KnowledgeSteps steps() {
    var metadata = new KnowledgeMetadata(writes);
    var ledger = new Ledger(kubernetes, writes, contents.mostDocuments(), clock);
    var object =
        new KnowledgeObject(
            metadata, new StatusWriter(writes, clock), new KnowledgeEvents(events), ledger);
    var deliveries = new Deliveries();
    var memory =
        new KnowledgeMemory(
            new Readings(contents, new Fetches(FETCHES, PATIENCE, waker::wake), clock),
            deliveries,
            new RetrievalChecks(clock),
            clock);
    var sending = new Sending(clock, BATCH);
    var convergence =
        new Convergence(
            memory.readings(),
            new Ingestion(metadata, deliveries, ledger, sending, clock),
            new BlindIngestion(metadata, deliveries, ledger, sending, clock),
            memory.checks(),
            object.events());
    var deletion =
        new Deletion(
            new Removal(deliveries, ledger, sending, clock),
            object,
            new KnowledgeReceipt(writes, receiptNamespace),
            clock);
    return new KnowledgeSteps(
        new BotLinks(connections, owners, elsewhere), convergence, deletion, object, memory);
  }
}
