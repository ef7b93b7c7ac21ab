package ai.okchat.operator.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stores the deleted objects of a controller until its reconciler processes them. The framework
 * passes the new object to the reconciler if one of the same name exists.
 */
public final class DeletedObjects<P extends HasMetadata> extends AbstractEventSource<Void, P>
    implements ResourceEventAware<P> {

  // The first of several deleted objects of one name: only that one was reconciled.
  private final Map<ResourceID, P> deleted = new ConcurrentHashMap<>();

  public DeletedObjects() {
    super(Void.class, "deleted-objects");
  }

  /**
   * Removes and returns the deleted object; returns {@code shown} if no event reported a deletion.
   */
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
