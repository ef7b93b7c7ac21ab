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

/** The backends of single namespaces. */
@ControllerConfiguration(
    name = "chatbotbackend",
    triggerReconcilerOnAllEvents = true,
    generationAwareEventProcessing = false)
final class ChatbotBackendReconciler implements Reconciler<ChatbotBackend> {

  private final BackendPass<ChatbotBackend> pass;

  ChatbotBackendReconciler(BackendPass<ChatbotBackend> pass) {
    this.pass = pass;
  }

  @Override
  public List<EventSource<?, ChatbotBackend>> prepareEventSources(
      EventSourceContext<ChatbotBackend> context) {
    return pass.prepareEventSources(context);
  }

  @Override
  public UpdateControl<ChatbotBackend> reconcile(
      ChatbotBackend backend, Context<ChatbotBackend> context) {
    return pass.reconcile(backend, context);
  }

  @Override
  public ErrorStatusUpdateControl<ChatbotBackend> updateErrorStatus(
      ChatbotBackend backend, Context<ChatbotBackend> context, Exception thrown) {
    return pass.failed(backend, thrown);
  }
}
