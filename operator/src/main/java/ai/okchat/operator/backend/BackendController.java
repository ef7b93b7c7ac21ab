package ai.okchat.operator.backend;

import ai.okchat.api.v1alpha1.BackendObject;
import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.api.v1alpha1.ClusterChatbotBackend;
import ai.okchat.operator.shard.Shard;
import ai.okchat.operator.status.OwnWrites;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Clock;
import java.util.Objects;

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

  /**
   * Which updates of a backend object trigger a reconciliation: of its spec, its deletion, and a
   * finalizer or status that another client removed. The operator's own writes do not.
   */
  public static boolean isNews(BackendObject now, BackendObject before) {
    return !Objects.equals(now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
        || now.isMarkedForDeletion() != before.isMarkedForDeletion()
        || (before.hasFinalizer(BackendHold.FINALIZER) && !now.hasFinalizer(BackendHold.FINALIZER))
        || (isReported(before) && !isReported(now));
  }

  private static boolean isReported(BackendObject backend) {
    return backend.getStatus() != null && !backend.getStatus().conditions().isEmpty();
  }

  private <B extends BackendObject> BackendPass<B> pass(SimpleInboundEventSource<B> wakeUps) {
    var report = new BackendReport(writes, shard, clock);
    return new BackendPass<>(connections, references, hold, report, wakeUps, writes);
  }
}
