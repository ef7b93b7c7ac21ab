package ai.okchat.operator.status;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What we write to the API server, all by server-side apply under one field manager, and the
 * version of the last write to each object: a pass that is shown an older one works on a stale
 * cache and would create a second bot.
 *
 * <p>The versions are memory only; the claim on the object covers a restart.
 */
public final class OwnWrites {

  public static final String FIELD_MANAGER = "okchat-operator";

  /** A stale cache is behind by milliseconds. */
  public static final Next WHEN_CAUGHT_UP = Next.in(Duration.ofMillis(50));

  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withForce(true)
          .withFieldManager(FIELD_MANAGER)
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          // The API server would parse it twice to warn of fields that no CRD of ours has.
          .withFieldValidation("Ignore")
          .build();

  private final KubernetesClient kubernetes;
  private final Witness witness;
  private final Map<String, Long> versions = new ConcurrentHashMap<>();

  public OwnWrites(KubernetesClient kubernetes) {
    this(kubernetes, Witness.NOBODY);
  }

  /**
   * @param witness is told of each write, and of each that was not needed
   */
  public OwnWrites(KubernetesClient kubernetes, Witness witness) {
    this.kubernetes = kubernetes;
    this.witness = witness;
  }

  /** Whether the cache showed an object from before our last write to it. */
  public boolean isStale(HasMetadata seen) {
    var written = versions.get(seen.getMetadata().getUid());
    return written != null && version(seen) < written;
  }

  /**
   * Applies finalizers and annotations: all of ours, since an apply takes away what it leaves out.
   *
   * @param fresh nothing but name, namespace, uid, finalizers and annotations
   */
  public <P extends HasMetadata> P applyMetadata(P fresh) {
    var written = noted(kubernetes.resource(fresh).patch(APPLY));
    witness.metadataWritten(written);
    return written;
  }

  /**
   * Applies the whole status.
   *
   * @param before the object as the pass saw it
   * @param fresh nothing but name, namespace, uid and status
   */
  public <P extends HasMetadata> P applyStatus(P before, P fresh) {
    var written = noted(kubernetes.resource(fresh).subresource("status").patch(APPLY));
    Pass.came(written);
    witness.statusWritten(before, written);
    return written;
  }

  /** The status would be what it is: nothing is written. */
  public void keepStatus(HasMetadata object) {
    Pass.came(object);
    witness.statusKept(object);
  }

  /** The object is gone for good. */
  public void forget(HasMetadata gone) {
    versions.remove(gone.getMetadata().getUid());
  }

  private <P extends HasMetadata> P noted(P written) {
    versions.merge(written.getMetadata().getUid(), version(written), Math::max);
    return written;
  }

  private static long version(HasMetadata object) {
    return Long.parseLong(object.getMetadata().getResourceVersion());
  }
}
