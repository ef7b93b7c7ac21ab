package ai.okchat.operator.backend;

import ai.okchat.api.v1alpha1.BackendObject;
import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.api.v1alpha1.ClusterChatbotBackend;
import ai.okchat.operator.shard.Shard;
import ai.okchat.operator.status.OwnWrites;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Clock;

/** Puts the parts of this package together. */
public record BackendController(
    Connections connections,
    ReferencedObjects references,
    BackendHold hold,
    BackendWaker waker,
    OwnWrites writes,
    Shard shard,
    Clock clock) {

  public Reconciler<ChatbotBackend> reconciler() {
    return new ChatbotBackendReconciler(pass(waker.own()));
  }

  /** Needs rights in the whole cluster. */
  public Reconciler<ClusterChatbotBackend> clusterReconciler() {
    return new ClusterChatbotBackendReconciler(pass(waker.shared()));
  }

  private <B extends BackendObject> BackendPass<B> pass(SimpleInboundEventSource<B> wakeUps) {
    var report = new BackendReport(writes, shard, clock);
    return new BackendPass<>(connections, references, hold, report, wakeUps, writes);
  }
}
