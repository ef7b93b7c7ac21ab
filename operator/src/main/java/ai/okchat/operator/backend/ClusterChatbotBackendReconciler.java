package ai.okchat.operator.backend;

import ai.okchat.api.v1alpha1.ClusterChatbotBackend;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;

/** Reconciles ClusterChatbotBackends. */
@ControllerConfiguration(
    name = "clusterchatbotbackend",
    triggerReconcilerOnAllEvents = true,
    generationAwareEventProcessing = false)
final class ClusterChatbotBackendReconciler implements Reconciler<ClusterChatbotBackend> {

  private final BackendReconciliation<ClusterChatbotBackend> reconciliation;

  ClusterChatbotBackendReconciler(BackendReconciliation<ClusterChatbotBackend> reconciliation) {
    this.reconciliation = reconciliation;
  }

  @Override
  public List<EventSource<?, ClusterChatbotBackend>> prepareEventSources(
      EventSourceContext<ClusterChatbotBackend> context) {
    return reconciliation.prepareEventSources(context);
  }

  @Override
  public UpdateControl<ClusterChatbotBackend> reconcile(
      ClusterChatbotBackend backend, Context<ClusterChatbotBackend> context) {
    return reconciliation.reconcile(backend, context);
  }

  @Override
  public ErrorStatusUpdateControl<ClusterChatbotBackend> updateErrorStatus(
      ClusterChatbotBackend backend, Context<ClusterChatbotBackend> context, Exception thrown) {
    return reconciliation.failed(backend, thrown);
  }
}
