package ai.okchat.operator.backend;

import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.operator.status.OwnWrites;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import java.time.Clock;

/** Puts the parts of this package together. */
public record BackendController(
    Connections connections, BackendHold hold, BackendWaker waker, OwnWrites writes, Clock clock) {

  public Reconciler<ChatbotBackend> reconciler() {
    return new ChatbotBackendReconciler(
        connections, hold, new BackendReport(writes, clock), waker, writes);
  }
}
