package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.backend.AccountId;
import ai.okchat.operator.backend.BackendKey;
import ai.okchat.operator.backend.Connections;
import ai.okchat.operator.backend.InventoryChange;
import ai.okchat.operator.backend.InventoryListener;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * Brings KnowledgeSources before their reconciler for what no Kubernetes event tells: a backend
 * that answers again or leads elsewhere. Those that need nothing are left asleep.
 */
public final class KnowledgeWaker implements InventoryListener {

  private final SimpleInboundEventSource<KnowledgeSource> eventSource =
      new SimpleInboundEventSource<>("knowledge-wake-ups");
  private final Connections connections;
  private volatile Function<BackendKey, Collection<KnowledgeSource>> behind = _ -> List.of();

  public KnowledgeWaker(Connections connections) {
    this.connections = connections;
  }

  SimpleInboundEventSource<KnowledgeSource> eventSource() {
    return eventSource;
  }

  /** Who knows which sources are behind a backend. */
  void attach(Function<BackendKey, Collection<KnowledgeSource>> sourcesBehind) {
    behind = sourcesBehind;
  }

  /** The backend object leads to another account than before, or to one again. */
  public void wakeUsersOf(BackendKey backend) {
    behind.apply(backend).forEach(this::wake);
  }

  /** An object that used the backend is gone. */
  void gone(BackendKey backend) {
    connections.dropUnused(backend);
  }

  @Override
  public void listed(AccountId account, InventoryChange change, boolean recovered) {
    if (recovered) {
      connections.leadingTo(account).stream()
          .flatMap(backend -> behind.apply(backend).stream())
          .filter(KnowledgeWaker::waits)
          .forEach(this::wake);
    }
  }

  @Override
  public void failed(AccountId account) {
    // What is in sync keeps its conditions: an outage must not cost a write for each.
  }

  /** Asks for a pass over the source. */
  void wake(KnowledgeSource source) {
    eventSource.propagateEvent(ResourceID.fromResource(source));
  }

  private static boolean waits(KnowledgeSource source) {
    var status = source.getStatus();
    return source.isMarkedForDeletion()
        || status == null
        || !source.getMetadata().getGeneration().equals(status.observedGeneration())
        || !Conditions.isTrue(status.conditions(), ConditionType.Ready);
  }
}
