package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.account.AccountId;
import ai.okchat.operator.account.InventoryChange;
import ai.okchat.operator.account.InventoryListener;
import ai.okchat.operator.backend.BackendKey;
import ai.okchat.operator.backend.BackendResolver;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * Triggers KnowledgeSources for changes that no Kubernetes event shows: a backend that responds
 * again, or that leads to another account. Skips sources that need no reconciliation.
 */
public final class KnowledgeEventTrigger implements InventoryListener {

  private final SimpleInboundEventSource<KnowledgeSource> eventSource =
      new SimpleInboundEventSource<>("knowledge-triggers");
  private final BackendResolver connections;
  private volatile Function<BackendKey, Collection<KnowledgeSource>> sourcesOf = _ -> List.of();

  public KnowledgeEventTrigger(BackendResolver connections) {
    this.connections = connections;
  }

  SimpleInboundEventSource<KnowledgeSource> eventSource() {
    return eventSource;
  }

  /** Sets the lookup of the sources of a backend. */
  void attach(Function<BackendKey, Collection<KnowledgeSource>> sourcesOf) {
    this.sourcesOf = sourcesOf;
  }

  /**
   * Triggers the sources of a backend object that leads to another account than before, or to an
   * account again.
   */
  public void triggerUsersOf(BackendKey backend) {
    sourcesOf.apply(backend).forEach(this::trigger);
  }

  /**
   * Drops the connection to the backend, after an object was deleted, if no other object uses it.
   */
  void gone(BackendKey backend) {
    connections.dropUnused(backend);
  }

  @Override
  public void listed(AccountId account, InventoryChange change, boolean recovered) {
    if (recovered) {
      connections.backendsOf(account).stream()
          .flatMap(backend -> sourcesOf.apply(backend).stream())
          .filter(KnowledgeEventTrigger::waits)
          .forEach(this::trigger);
    }
  }

  @Override
  public void failed(AccountId account) {
    // Objects in sync keep their conditions: an outage must not cost a status write for each.
  }

  /** Triggers a reconciliation of the source. */
  void trigger(KnowledgeSource source) {
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
