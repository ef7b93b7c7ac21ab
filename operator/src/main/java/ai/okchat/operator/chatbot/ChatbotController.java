package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.operator.backend.BackendHold;
import ai.okchat.operator.backend.BackendWaker;
import ai.okchat.operator.backend.ChatbotWatch;
import ai.okchat.operator.backend.Connections;
import ai.okchat.operator.backend.ReferencedObjects;
import ai.okchat.operator.backend.ReferredBackends;
import ai.okchat.operator.fetch.Fetcher;
import ai.okchat.operator.status.EventRecorder;
import ai.okchat.operator.status.OwnWrites;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.time.Clock;

/**
 * Puts the parts of this package together.
 *
 * @param receiptNamespace where orphan receipts are left
 * @param watchesNamespaces whether Namespaces may be read
 */
public record ChatbotController(
    KubernetesClient kubernetes,
    Connections connections,
    ReferencedObjects references,
    ChatbotIndex index,
    ChatbotWatch watch,
    ChatbotWaker waker,
    BackendWaker backends,
    BackendHold hold,
    Fetcher fetcher,
    OwnWrites writes,
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
            new StatusWriter(writes, clock),
            new ChatbotEvents(events));
    var steps =
        new ChatbotSteps(
            new ChatbotReferences(kubernetes, fetcher),
            observer,
            new Convergence(object, new BotWriter(), observer, new DriftHistory(clock)),
            new Deletion(
                new BotRemoval(index, connections, clock),
                object,
                new OrphanReceipt(writes, receiptNamespace),
                clock),
            object);
    var sources =
        new ChatbotSources(references, index, watch, waker, backends, referred, watchesNamespaces);
    return new ChatbotReconciler(hold, steps, sources, writes);
  }

  /** Which updates of a Chatbot are worth a pass. */
  public static OnUpdateFilter<Chatbot> changes() {
    return new ChatbotChanges();
  }
}
