package ai.okchat.operator.backend;

import ai.okchat.api.v1alpha1.BackendObject;
import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.api.v1alpha1.ClusterChatbotBackend;
import ai.okchat.operator.kubernetes.MetadataInformers;
import ai.okchat.operator.kubernetes.ServerSideApply;
import ai.okchat.operator.shard.Shard;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Clock;
import java.util.Objects;

/** Creates the reconcilers of both backend kinds. */
public record BackendController(
    BackendResolver connections,
    MetadataInformers references,
    BackendFinalizer hold,
    BackendEventTrigger eventTrigger,
    ServerSideApply writes,
    Shard shard,
    Clock clock) {

  public Reconciler<ChatbotBackend> reconciler() {
    return new ChatbotBackendReconciler(reconciliation(eventTrigger.own()));
  }

  /** Returns the reconciler of ClusterChatbotBackends, which needs cluster-wide permissions. */
  public Reconciler<ClusterChatbotBackend> clusterReconciler() {
    return new ClusterChatbotBackendReconciler(reconciliation(eventTrigger.shared()));
  }

  /**
   * Returns whether an update of a backend object triggers a reconciliation: a new spec, a
   * deletion, or another client removed the finalizer or the status. Writes of the operator do not.
   */
  public static boolean isRelevant(BackendObject now, BackendObject before) {
    return !Objects.equals(now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
        || now.isMarkedForDeletion() != before.isMarkedForDeletion()
        || (before.hasFinalizer(BackendFinalizer.FINALIZER)
            && !now.hasFinalizer(BackendFinalizer.FINALIZER))
        || (isReported(before) && !isReported(now));
  }

  private static boolean isReported(BackendObject backend) {
    return backend.getStatus() != null && !backend.getStatus().conditions().isEmpty();
  }

  private <B extends BackendObject> BackendReconciliation<B> reconciliation(
      SimpleInboundEventSource<B> events) {
    var report = new BackendStatusFactory(writes, shard, clock);
    return new BackendReconciliation<>(connections, references, hold, report, events, writes);
  }
}
