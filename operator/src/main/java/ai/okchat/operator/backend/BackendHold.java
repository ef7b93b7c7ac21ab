package ai.okchat.operator.backend;

import ai.okchat.api.v1alpha1.BackendObject;
import ai.okchat.operator.shard.Shard;
import ai.okchat.operator.status.OwnWrites;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;

/**
 * Keeps a backend object while objects use it: without it the bots that were made through it could
 * not be deleted any more.
 */
public final class BackendHold {

  public static final String FINALIZER = "okchat.ai/finalizer";

  private final OwnWrites writes;
  private final BackendUsage usage;
  private final Shard shard;

  /**
   * @param shard the operator's; only what it serves is let go
   */
  public BackendHold(OwnWrites writes, BackendUsage usage, Shard shard) {
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

  /**
   * Adds the finalizer before the first use, and again if another client removed it: without the
   * backend the bots could not be deleted. A cache that is behind costs no write for each Chatbot
   * that is created meanwhile.
   */
  public synchronized void take(BackendObject backend) {
    if (backend.hasFinalizer(FINALIZER)
        || backend.isMarkedForDeletion()
        || writes.isStale(backend)) {
      return;
    }
    var metadata =
        new ObjectMetaBuilder()
            .withNamespace(backend.getMetadata().getNamespace())
            .withName(backend.getMetadata().getName())
            .withUid(backend.getMetadata().getUid())
            .withFinalizers(FINALIZER)
            .build();
    writes.applyMetadata(backend.only(metadata, null));
  }

  void release(BackendObject backend) {
    writes.removeFinalizer(backend, FINALIZER);
  }
}
