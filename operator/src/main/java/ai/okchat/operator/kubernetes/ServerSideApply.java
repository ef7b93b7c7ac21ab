package ai.okchat.operator.kubernetes;

import static java.net.HttpURLConnection.HTTP_CONFLICT;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;

import ai.okchat.operator.scheduling.MonotonicTime;
import ai.okchat.operator.status.Requeue;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes to the API server, by server-side apply under one field manager except for removals, and
 * remembers the version of the last write to each object: a reconciliation that reads an older
 * version works on a stale cache and would create a second bot.
 *
 * <p>The versions are in memory only; the claim on the object covers a restart.
 */
public final class ServerSideApply {

  public static final String FIELD_MANAGER = "okchat-operator";

  /** Requeue for a stale cache, which is behind by milliseconds. */
  public static final Requeue WHEN_CAUGHT_UP = Requeue.in(Duration.ofMillis(50));

  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withForce(true)
          .withFieldManager(FIELD_MANAGER)
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          // Otherwise the API server parses it twice, to warn of fields that the CRDs do not have.
          .withFieldValidation("Ignore")
          .build();

  /** An older version that stays for longer is not a stale cache: etcd was restored. */
  private static final Duration LONGEST_STALE = Duration.ofSeconds(10);

  /**
   * The version of the last write.
   *
   * @param staleSince when the cache first showed an older version; null if it did not
   */
  private record Written(long version, @Nullable Instant staleSince) {}

  private static final int MOST_CONFLICTS = 5;

  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private final KubernetesClient kubernetes;
  private final WriteListener listener;
  private final MonotonicTime time;
  private final Map<String, Written> lastWrites = new ConcurrentHashMap<>();

  public ServerSideApply(KubernetesClient kubernetes) {
    this(kubernetes, WriteListener.NONE, MonotonicTime.SYSTEM);
  }

  /**
   * @param listener is notified of each write, and of each write that was not needed
   */
  public ServerSideApply(KubernetesClient kubernetes, WriteListener listener, MonotonicTime time) {
    this.kubernetes = kubernetes;
    this.listener = listener;
    this.time = time;
  }

  /**
   * Returns whether the cache shows an object from before the last write of the operator to it, for
   * at most ten seconds.
   */
  public boolean isStale(HasMetadata cached) {
    var version = version(cached);
    var last =
        lastWrites.computeIfPresent(
            cached.getMetadata().getUid(), (_, before) -> observe(version, before));
    return last != null && version < last.version();
  }

  private Written observe(long version, Written before) {
    if (version >= before.version()) {
      return new Written(before.version(), null);
    }
    var since = before.staleSince() == null ? time.instant() : before.staleSince();
    return time.instant().isBefore(since.plus(LONGEST_STALE))
        ? new Written(before.version(), since)
        : new Written(version, null);
  }

  /**
   * Applies finalizers and annotations: all of the operator, since an apply removes omitted ones.
   *
   * @param desired only name, namespace, uid, finalizers and annotations
   */
  public <P extends HasMetadata> P applyMetadata(P desired) {
    var written = noted(kubernetes.resource(desired).patch(APPLY));
    listener.metadataWritten(written);
    return written;
  }

  /**
   * Removes annotations and a finalizer, whichever field manager owns them: an apply removes only
   * fields that no other manager owns, such as a restored backup or {@code kubectl apply}.
   *
   * @param object as the API server has it
   */
  public <P extends HasMetadata> void removeMetadata(
      P object, List<String> annotations, String finalizer) {
    listener.metadataWritten(noted(removeFrom(object, annotations, finalizer)));
  }

  private <P extends HasMetadata> P removeFrom(
      P object, List<String> annotations, String finalizer) {
    var metadata = JsonNodeFactory.instance.objectNode();
    metadata.put("resourceVersion", object.getMetadata().getResourceVersion());
    annotations.forEach(metadata.putObject("annotations")::putNull);
    var finalizers = metadata.putArray("finalizers");
    object.getFinalizers().stream()
        .filter(name -> !name.equals(finalizer))
        .forEach(finalizers::add);
    var patch = JsonNodeFactory.instance.objectNode().set("metadata", metadata);
    return kubernetes.resource(object).patch(MERGE, patch.toString());
  }

  /**
   * Removes a finalizer, if the object still exists. Until the cache shows that, the object is
   * stale: a reconciliation of the older version would repeat the deletion.
   *
   * @throws KubernetesClientException with 409 if other clients keep changing the object
   */
  public <P extends HasMetadata> void removeFinalizer(P object, String finalizer) {
    var current = Optional.of(object);
    var newest = version(object);
    for (var conflicts = 0;
        current.filter(stored -> stored.hasFinalizer(finalizer)).isPresent();
        conflicts++) {
      newest = version(current.get());
      try {
        removeFrom(current.get(), List.of(), finalizer);
        break;
      } catch (KubernetesClientException e) {
        current = stored(object, e, conflicts);
      }
    }
    noted(object.getMetadata().getUid(), newest + 1);
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
   * of the object identifies it.
   *
   * @param before the object that the reconciliation read
   * @param desired only name, namespace, uid and status
   * @return empty if the object no longer exists
   * @throws KubernetesClientException with 409 if other clients keep changing the object
   */
  public <P extends HasMetadata> Optional<P> applyStatus(P before, P desired) {
    desired.getMetadata().setResourceVersion(Long.toString(latestVersion(before)));
    for (var conflicts = 0; ; conflicts++) {
      try {
        var written = noted(kubernetes.resource(desired).subresource("status").patch(APPLY));
        listener.statusWritten(before, written);
        return Optional.of(written);
      } catch (KubernetesClientException e) {
        var stored = stored(before, e, conflicts);
        if (stored.isEmpty()) {
          return Optional.empty();
        }
        desired.getMetadata().setResourceVersion(stored.get().getMetadata().getResourceVersion());
      }
    }
  }

  /**
   * Returns the object as it is stored after a conflict; empty if it no longer exists.
   *
   * @throws KubernetesClientException if the failure is not about the object, or too many conflicts
   *     preceded it
   */
  private <P extends HasMetadata> Optional<P> stored(
      P before, KubernetesClientException failure, int conflicts) {
    var isAboutTheObject =
        failure.getCode() == HTTP_NOT_FOUND || failure.getCode() == HTTP_CONFLICT;
    if (!isAboutTheObject || conflicts == MOST_CONFLICTS) {
      throw failure;
    }
    return Optional.ofNullable(kubernetes.resource(before).get())
        .filter(stored -> isSame(stored, before));
  }

  private long latestVersion(HasMetadata cached) {
    var last = lastWrites.get(cached.getMetadata().getUid());
    return last == null ? version(cached) : Math.max(version(cached), last.version());
  }

  private static boolean isSame(HasMetadata stored, HasMetadata before) {
    return stored.getMetadata().getUid().equals(before.getMetadata().getUid());
  }

  /** Records that the status did not change; nothing is written. */
  public void recordUnchangedStatus(HasMetadata object) {
    listener.statusUnchanged(object);
  }

  /** Removes the version of an object that no longer exists. */
  public void forget(HasMetadata deleted) {
    lastWrites.remove(deleted.getMetadata().getUid());
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
