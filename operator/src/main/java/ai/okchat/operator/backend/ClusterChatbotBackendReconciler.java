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

/** The backends that serve many namespaces. */
@ControllerConfiguration(
    name = "clusterchatbotbackend",
    triggerReconcilerOnAllEvents = true,
    generationAwareEventProcessing = false)
final class ClusterChatbotBackendReconciler implements Reconciler<ClusterChatbotBackend> {

  private final BackendPass<ClusterChatbotBackend> pass;

  ClusterChatbotBackendReconciler(BackendPass<ClusterChatbotBackend> pass) {
    this.pass = pass;
  }

  @Override
  public List<EventSource<?, ClusterChatbotBackend>> prepareEventSources(
      EventSourceContext<ClusterChatbotBackend> context) {
    return pass.prepareEventSources(context);
  }

  @Override
  public UpdateControl<ClusterChatbotBackend> reconcile(
      ClusterChatbotBackend backend, Context<ClusterChatbotBackend> context) {
    return pass.reconcile(backend, context);
  }

  @Override
  public ErrorStatusUpdateControl<ClusterChatbotBackend> updateErrorStatus(
      ClusterChatbotBackend backend, Context<ClusterChatbotBackend> context, Exception thrown) {
    return pass.failed(backend, thrown);
  }
}
