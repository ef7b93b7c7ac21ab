package ai.okchat.operator.backend;

import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.operator.status.OwnWrites;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import java.time.Clock;

/** Puts the parts of this package together. */
public record BackendController(
    KubernetesClient kubernetes,
    Connections connections,
    BackendUsage usage,
    BackendWaker waker,
    OwnWrites writes,
    Clock clock) {

  public Reconciler<ChatbotBackend> reconciler() {
    return new ChatbotBackendReconciler(
        connections,
        new BackendHold(kubernetes, writes, usage),
        new BackendReport(writes, clock),
        waker,
        writes);
  }
}
