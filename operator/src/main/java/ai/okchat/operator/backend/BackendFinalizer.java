package ai.okchat.operator.backend;

import ai.okchat.api.v1alpha1.BackendObject;
import ai.okchat.operator.kubernetes.ServerSideApply;
import ai.okchat.operator.shard.Shard;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;

/**
 * Adds the finalizer to a backend object while objects use it, and removes it afterwards: without
 * the backend, the operator could no longer delete the bots that were created through it.
 */
public final class BackendFinalizer {

  public static final String FINALIZER = "okchat.ai/finalizer";

  private final ServerSideApply writes;
  private final BackendUsage usage;
  private final Shard shard;

  /**
   * @param shard of the operator; it removes only finalizers of backends that it serves
   */
  public BackendFinalizer(ServerSideApply writes, BackendUsage usage, Shard shard) {
    this.writes = writes;
    this.usage = usage;
    this.shard = shard;
  }

  boolean isUsed(BackendObject backend) {
    return usage.isUsed(BackendKey.of(backend));
  }

  /**
   * Returns whether the finalizer may be removed: the shard serves the backend, and no object of
   * this or another shard uses it.
   */
  boolean isRemovable(BackendObject backend) {
    return shard.serves(backend)
        && !isUsed(backend)
        && !usage.isUsedElsewhere(BackendKey.of(backend));
  }

  /**
   * Adds the finalizer before the first use, and again if another client removed it: without the
   * backend the bots could not be deleted. A stale cache causes no write for each Chatbot that is
   * created meanwhile.
   */
  public synchronized void add(BackendObject backend) {
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

  void remove(BackendObject backend) {
    writes.removeFinalizer(backend, FINALIZER);
  }
}
