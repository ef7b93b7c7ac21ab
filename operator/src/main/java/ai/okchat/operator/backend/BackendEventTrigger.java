package ai.okchat.operator.backend;

import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.api.v1alpha1.ClusterChatbotBackend;
import ai.okchat.operator.account.AccountId;
import ai.okchat.operator.account.InventoryChange;
import ai.okchat.operator.account.InventoryListener;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Triggers a reconciliation of a backend object when a value in its status has changed. */
public final class BackendEventTrigger implements InventoryListener {

  private final SimpleInboundEventSource<ChatbotBackend> own =
      new SimpleInboundEventSource<>("backend-triggers");
  // Has no listener if the operator does not serve this kind.
  private final SimpleInboundEventSource<ClusterChatbotBackend> shared =
      new SimpleInboundEventSource<>("cluster-backend-triggers");
  private final Function<AccountId, Set<BackendKey>> backendsOf;
  private final Map<AccountId, Integer> sizes = new ConcurrentHashMap<>();

  public BackendEventTrigger(Function<AccountId, Set<BackendKey>> backendsOf) {
    this.backendsOf = backendsOf;
  }

  SimpleInboundEventSource<ChatbotBackend> own() {
    return own;
  }

  SimpleInboundEventSource<ClusterChatbotBackend> shared() {
    return shared;
  }

  /** Triggers a reconciliation of a backend whose use began or ended. */
  public void trigger(BackendKey backend) {
    (backend.isShared() ? shared : own).propagateEvent(backend.resourceId());
  }

  @Override
  public void listed(AccountId account, InventoryChange change, boolean recovered) {
    var before = sizes.put(account, change.size());
    if (recovered || before == null || before != change.size()) {
      backendsOf.apply(account).forEach(this::trigger);
    }
  }

  @Override
  public void failed(AccountId account) {
    backendsOf.apply(account).forEach(this::trigger);
  }
}
