package ai.okchat.operator.status;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The objects of a controller that were deleted, until its reconciler is told. The framework shows
 * the reconciler the new object where one of the same name exists.
 */
public final class DeletedObjects<P extends HasMetadata> extends AbstractEventSource<Void, P>
    implements ResourceEventAware<P> {

  // The first one where several of one name were deleted: only that one was reconciled.
  private final Map<ResourceID, P> deleted = new ConcurrentHashMap<>();

  public DeletedObjects() {
    super(Void.class, "deleted-objects");
  }

  /** The object that was deleted; the one that the framework shows if no event told of it. */
  public P take(P shown) {
    return Objects.requireNonNullElse(deleted.remove(ResourceID.fromResource(shown)), shown);
  }

  @Override
  public void onResourceDeleted(P object) {
    deleted.putIfAbsent(ResourceID.fromResource(object), object);
  }

  @Override
  public Set<Void> getSecondaryResources(P primary) {
    return Set.of();
  }
}
