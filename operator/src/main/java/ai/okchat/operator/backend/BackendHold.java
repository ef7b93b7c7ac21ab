package ai.okchat.operator.backend;

import ai.okchat.api.v1alpha1.BackendObject;
import ai.okchat.operator.shard.Shard;
import ai.okchat.operator.status.OwnWrites;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a backend object while objects use it: without it the bots that were made through it could
 * not be deleted any more.
 */
public final class BackendHold {

  public static final String FINALIZER = "okchat.ai/finalizer";

  private final KubernetesClient kubernetes;
  private final OwnWrites writes;
  private final BackendUsage usage;
  private final Shard shard;
  // A cache that lags must not cost a write for each Chatbot that is created meanwhile.
  private final Set<String> taken = ConcurrentHashMap.newKeySet();

  /**
   * @param shard the operator's; only what it serves is let go
   */
  public BackendHold(
      KubernetesClient kubernetes, OwnWrites writes, BackendUsage usage, Shard shard) {
    this.kubernetes = kubernetes;
    this.writes = writes;
    this.usage = usage;
    this.shard = shard;
  }

  boolean isUsed(BackendObject backend) {
    return usage.isUsed(BackendKey.of(backend));
  }

  /** Whether it is ours to let go, and nobody uses it: nobody here, and nobody elsewhere. */
  boolean mayGo(BackendObject backend) {
    return shard.serves(backend)
        && !isUsed(backend)
        && !usage.isUsedElsewhere(BackendKey.of(backend));
  }

  /** Before the first use: a backend that goes first would leave bots that nobody can delete. */
  public void take(BackendObject backend) {
    if (backend.hasFinalizer(FINALIZER) || !taken.add(backend.getMetadata().getUid())) {
      return;
    }
    var metadata =
        new ObjectMetaBuilder()
            .withNamespace(backend.getMetadata().getNamespace())
            .withName(backend.getMetadata().getName())
            .withUid(backend.getMetadata().getUid())
            .withFinalizers(FINALIZER)
            .build();
    try {
      writes.applyMetadata(backend.only(metadata, null));
    } catch (KubernetesClientException e) {
      taken.remove(backend.getMetadata().getUid());
      throw e;
    }
  }

  void release(BackendObject backend) {
    PrimaryUpdateAndCacheUtils.removeFinalizer(kubernetes, backend, FINALIZER);
    taken.remove(backend.getMetadata().getUid());
  }
}
