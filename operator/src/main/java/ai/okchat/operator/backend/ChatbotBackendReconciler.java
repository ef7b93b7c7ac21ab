package ai.okchat.operator.backend;

import ai.okchat.api.v1alpha1.ChatbotBackend;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;

/** Reconciles ChatbotBackends. */
@ControllerConfiguration(
    name = "chatbotbackend",
    triggerReconcilerOnAllEvents = true,
    generationAwareEventProcessing = false)
final class ChatbotBackendReconciler implements Reconciler<ChatbotBackend> {

  private final BackendReconciliation<ChatbotBackend> reconciliation;

  ChatbotBackendReconciler(BackendReconciliation<ChatbotBackend> reconciliation) {
    this.reconciliation = reconciliation;
  }

  @Override
  public List<EventSource<?, ChatbotBackend>> prepareEventSources(
      EventSourceContext<ChatbotBackend> context) {
    return reconciliation.prepareEventSources(context);
  }

  @Override
  public UpdateControl<ChatbotBackend> reconcile(
      ChatbotBackend backend, Context<ChatbotBackend> context) {
    return reconciliation.reconcile(backend, context);
  }

  @Override
  public ErrorStatusUpdateControl<ChatbotBackend> updateErrorStatus(
      ChatbotBackend backend, Context<ChatbotBackend> context, Exception thrown) {
    return reconciliation.failed(backend, thrown);
  }
}
