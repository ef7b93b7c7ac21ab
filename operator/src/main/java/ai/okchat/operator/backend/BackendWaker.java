package ai.okchat.operator.backend;

import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.api.v1alpha1.ClusterChatbotBackend;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Brings a backend object before its reconciler when something it reports has changed. */
public final class BackendWaker implements InventoryListener {

  private final SimpleInboundEventSource<ChatbotBackend> own =
      new SimpleInboundEventSource<>("backend-wake-ups");
  // Where nothing serves this kind, nobody listens.
  private final SimpleInboundEventSource<ClusterChatbotBackend> shared =
      new SimpleInboundEventSource<>("cluster-backend-wake-ups");
  private final Function<AccountId, Set<BackendKey>> leadingTo;
  private final Map<AccountId, Integer> sizes = new ConcurrentHashMap<>();

  public BackendWaker(Function<AccountId, Set<BackendKey>> leadingTo) {
    this.leadingTo = leadingTo;
  }

  SimpleInboundEventSource<ChatbotBackend> own() {
    return own;
  }

  SimpleInboundEventSource<ClusterChatbotBackend> shared() {
    return shared;
  }

  /** The backend began or ceased to be used. */
  public void wake(BackendKey backend) {
    (backend.isShared() ? shared : own).propagateEvent(backend.resourceId());
  }

  @Override
  public void listed(AccountId account, InventoryChange change, boolean recovered) {
    var before = sizes.put(account, change.size());
    if (recovered || before == null || before != change.size()) {
      leadingTo.apply(account).forEach(this::wake);
    }
  }

  @Override
  public void failed(AccountId account) {
    leadingTo.apply(account).forEach(this::wake);
  }
}
