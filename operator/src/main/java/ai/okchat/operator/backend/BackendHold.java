package ai.okchat.operator.backend;

import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.operator.status.OwnWrites;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;

/**
 * Keeps a ChatbotBackend while objects use it: without it the bots that were made through it could
 * not be deleted any more.
 */
public final class BackendHold {

  public static final String FINALIZER = "okchat.ai/finalizer";

  private final KubernetesClient kubernetes;
  private final OwnWrites writes;
  private final BackendUsage usage;

  BackendHold(KubernetesClient kubernetes, OwnWrites writes, BackendUsage usage) {
    this.kubernetes = kubernetes;
    this.writes = writes;
    this.usage = usage;
  }

  boolean isUsed(ChatbotBackend backend) {
    return usage.isUsed(BackendKey.of(backend));
  }

  void take(ChatbotBackend backend) {
    if (backend.hasFinalizer(FINALIZER)) {
      return;
    }
    var fresh = new ChatbotBackend();
    fresh.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(backend.getMetadata().getNamespace())
            .withName(backend.getMetadata().getName())
            .withUid(backend.getMetadata().getUid())
            .withFinalizers(FINALIZER)
            .build());
    writes.applyMetadata(fresh);
  }

  void release(ChatbotBackend backend) {
    PrimaryUpdateAndCacheUtils.removeFinalizer(kubernetes, backend, FINALIZER);
  }
}
