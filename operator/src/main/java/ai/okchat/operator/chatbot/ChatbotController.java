package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.operator.backend.BackendEventTrigger;
import ai.okchat.operator.backend.BackendFinalizer;
import ai.okchat.operator.backend.BackendKey;
import ai.okchat.operator.backend.BackendResolver;
import ai.okchat.operator.backend.ReferredBackends;
import ai.okchat.operator.fetch.ImageFetcher;
import ai.okchat.operator.kubernetes.EventRecorder;
import ai.okchat.operator.kubernetes.MetadataInformers;
import ai.okchat.operator.kubernetes.ServerSideApply;
import ai.okchat.operator.kubernetes.SharedChatbotInformer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.time.Clock;

/**
 * Creates and connects the parts of this package.
 *
 * @param receiptNamespace namespace of the orphan receipts
 * @param watchesNamespaces whether the operator may read Namespaces
 */
public record ChatbotController(
    KubernetesClient kubernetes,
    BackendResolver connections,
    MetadataInformers references,
    ChatbotIndex index,
    SharedChatbotInformer watch,
    ChatbotEventTrigger eventTrigger,
    BackendEventTrigger backends,
    BackendFinalizer hold,
    ImageFetcher fetcher,
    ServerSideApply writes,
    EventRecorder events,
    String receiptNamespace,
    boolean watchesNamespaces,
    Clock clock) {

  public Reconciler<Chatbot> reconciler() {
    return reconciler(new ReferredBackends<>(connections, watchesNamespaces));
  }

  ChatbotReconciler reconciler(ReferredBackends<Chatbot> referred) {
    var observer = new BotObserver(index, connections, clock);
    var object =
        new ChatbotObject(
            new ChatbotMetadata(writes, clock),
            new ChatbotStatusWriter(
                writes, clock, chatbot -> referred.find(BackendKey.of(chatbot))),
            new ChatbotEvents(events));
    return new ChatbotReconciler(
        hold,
        new ChatbotReferences(kubernetes, fetcher),
        observer,
        new BotSynchronizer(object, new BotWriter(), observer, new DriftHistory(clock)),
        new ChatbotDeletion(
            new BotRemoval(index, connections, clock),
            object,
            new ChatbotReceipt(writes, receiptNamespace),
            clock),
        object,
        new ChatbotEventSources(
            references, index, watch, eventTrigger, backends, referred, watchesNamespaces),
        writes);
  }

  /** Returns the filter for the updates of a Chatbot that trigger a reconciliation. */
  public static OnUpdateFilter<Chatbot> changes() {
    return new ChatbotUpdateFilter();
  }
}
