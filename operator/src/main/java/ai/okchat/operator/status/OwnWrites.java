package ai.okchat.operator.status;

import static java.net.HttpURLConnection.HTTP_CONFLICT;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

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

  /** What is behind for longer is not a cache, but the API server: etcd was restored. */
  private static final Duration LONGEST_STALE = Duration.ofSeconds(10);

  /**
   * @param staleSince when an older version was seen first; null: none was
   */
  private record Written(long version, @Nullable Instant staleSince) {}

  private static final int MOST_CONFLICTS = 5;

  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private final KubernetesClient kubernetes;
  private final Witness witness;
  private final MonotonicTime time;
  private final Map<String, Written> lastWrites = new ConcurrentHashMap<>();

  public OwnWrites(KubernetesClient kubernetes) {
    this(kubernetes, Witness.NOBODY, MonotonicTime.SYSTEM);
  }

  /**
   * @param witness is told of each write, and of each that was not needed
   */
  public OwnWrites(KubernetesClient kubernetes, Witness witness, MonotonicTime time) {
    this.kubernetes = kubernetes;
    this.witness = witness;
    this.time = time;
  }

  /** Whether the cache showed an object from before our last write to it, for ten seconds. */
  public boolean isStale(HasMetadata seen) {
    var version = version(seen);
    var last =
        lastWrites.computeIfPresent(
            seen.getMetadata().getUid(), (_, before) -> seenAt(version, before));
    return last != null && version < last.version();
  }

  private Written seenAt(long version, Written before) {
    if (version >= before.version()) {
      return new Written(before.version(), null);
    }
    var since = before.staleSince() == null ? time.instant() : before.staleSince();
    return time.instant().isBefore(since.plus(LONGEST_STALE))
        ? new Written(before.version(), since)
        : new Written(version, null);
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
   * Removes annotations and a finalizer, whichever field manager owns them: an apply removes only
   * fields that no other manager has, such as a restored backup or {@code kubectl apply}.
   *
   * @param object as the API server has it
   */
  public <P extends HasMetadata> void removeMetadata(
      P object, List<String> annotations, String finalizer) {
    var metadata = JsonNodeFactory.instance.objectNode();
    metadata.put("resourceVersion", object.getMetadata().getResourceVersion());
    annotations.forEach(metadata.putObject("annotations")::putNull);
    var finalizers = metadata.putArray("finalizers");
    object.getFinalizers().stream()
        .filter(name -> !name.equals(finalizer))
        .forEach(finalizers::add);
    var patch = JsonNodeFactory.instance.objectNode().set("metadata", metadata);
    witness.metadataWritten(noted(kubernetes.resource(object).patch(MERGE, patch.toString())));
  }

  /**
   * Removes a finalizer. Until the cache shows that, the object is stale: a reconciliation of what
   * was would repeat the deletion.
   */
  public <P extends HasMetadata> void removeFinalizer(P object, String finalizer) {
    PrimaryUpdateAndCacheUtils.removeFinalizer(kubernetes, object, finalizer);
    noted(object.getMetadata().getUid(), version(object) + 1);
  }

  /**
   * Removes fields at the top of a status, whichever field manager owns them.
   *
   * @param object as the API server has it
   */
  public <P extends HasMetadata> void removeStatus(P object, List<String> fields) {
    var patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("metadata").put("resourceVersion", object.getMetadata().getResourceVersion());
    fields.forEach(patch.putObject("status")::putNull);
    noted(kubernetes.resource(object).subresource("status").patch(MERGE, patch.toString()));
  }

  /**
   * Applies the whole status, to this object only: the API server accepts another UID in an apply
   * of a status, so an object that was created again with the same name would get it. The version
   * of the object says which one it is.
   *
   * @param before the object as the pass saw it
   * @param fresh nothing but name, namespace, uid and status
   * @return empty if the object does not exist any longer
   * @throws KubernetesClientException with 409 if other clients change the object all the time
   */
  public <P extends HasMetadata> Optional<P> applyStatus(P before, P fresh) {
    fresh.getMetadata().setResourceVersion(Long.toString(latestVersion(before)));
    for (var conflicts = 0; ; conflicts++) {
      try {
        var written = noted(kubernetes.resource(fresh).subresource("status").patch(APPLY));
        Pass.came(written);
        witness.statusWritten(before, written);
        return Optional.of(written);
      } catch (KubernetesClientException e) {
        var isAboutTheObject = e.getCode() == HTTP_NOT_FOUND || e.getCode() == HTTP_CONFLICT;
        if (!isAboutTheObject || conflicts == MOST_CONFLICTS) {
          throw e;
        }
        var stored = kubernetes.resource(before).get();
        if (stored == null || !isSame(stored, before)) {
          return Optional.empty();
        }
        fresh.getMetadata().setResourceVersion(stored.getMetadata().getResourceVersion());
      }
    }
  }

  private long latestVersion(HasMetadata seen) {
    var last = lastWrites.get(seen.getMetadata().getUid());
    return last == null ? version(seen) : Math.max(version(seen), last.version());
  }

  private static boolean isSame(HasMetadata stored, HasMetadata before) {
    return stored.getMetadata().getUid().equals(before.getMetadata().getUid());
  }

  /** The status would be what it is: nothing is written. */
  public void keepStatus(HasMetadata object) {
    Pass.came(object);
    witness.statusKept(object);
  }

  /** The object is gone for good. */
  public void forget(HasMetadata gone) {
    lastWrites.remove(gone.getMetadata().getUid());
  }

  private <P extends HasMetadata> P noted(P object) {
    noted(object.getMetadata().getUid(), version(object));
    return object;
  }

  private void noted(String uid, long version) {
    lastWrites.merge(
        uid,
        new Written(version, null),
        (before, now) -> before.version() > now.version() ? before : now);
  }

  private static long version(HasMetadata object) {
    return Long.parseLong(object.getMetadata().getResourceVersion());
  }
}
