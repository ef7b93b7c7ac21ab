package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.operator.account.AccountId;
import ai.okchat.operator.account.InventoryChange;
import ai.okchat.operator.account.InventoryListener;
import ai.okchat.operator.backend.BackendKey;
import ai.okchat.operator.backend.BackendResolver;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.function.Predicate;

/**
 * Triggers Chatbots for changes without a Kubernetes event: a bot that differs, a slug that became
 * free, a backend that responds again or leads to another account. Does not trigger any other.
 */
public final class ChatbotEventTrigger implements InventoryListener {

  private final SimpleInboundEventSource<Chatbot> eventSource =
      new SimpleInboundEventSource<>("chatbot-triggers");
  private final ChatbotIndex index;
  private final BackendResolver connections;

  public ChatbotEventTrigger(ChatbotIndex index, BackendResolver connections) {
    this.index = index;
    this.connections = connections;
  }

  SimpleInboundEventSource<Chatbot> eventSource() {
    return eventSource;
  }

  /** Triggers the users of a backend object that leads to another account, or to one again. */
  public void triggerUsersOf(BackendKey backend) {
    index.referringTo(backend).forEach(this::trigger);
  }

  /**
   * Triggers the objects with the slug or the bot of a deleted Chatbot: one of them may have
   * precedence now.
   */
  void gone(Chatbot deleted) {
    connections.dropUnused(BackendKey.of(deleted));
    index.withSlug(ChatbotIndex.slug(deleted)).forEach(this::trigger);
    var status = deleted.getStatus();
    if (status != null && status.id() != null) {
      index.withId(status.id()).forEach(this::trigger);
    }
  }

  @Override
  public void listed(AccountId account, InventoryChange change, boolean recovered) {
    var backends = connections.backendsOf(account);
    Predicate<Chatbot> isOfAccount = chatbot -> backends.contains(BackendKey.of(chatbot));
    change.ids().stream()
        .flatMap(id -> index.withId(id).stream())
        .filter(isOfAccount)
        .forEach(this::trigger);
    change.slugs().stream()
        .flatMap(slug -> index.withSlug(slug).stream())
        .filter(isOfAccount.and(ChatbotEventTrigger::waits))
        .forEach(this::trigger);
    if (recovered) {
      // An object that failed just before may not have a status yet: its backoff is short.
      backends.stream()
          .flatMap(backend -> index.referringTo(backend).stream())
          .filter(ChatbotEventTrigger::waitsForTheBackend)
          .forEach(this::trigger);
    }
  }

  /** Triggers all objects with this bot: only the one that sent the request knows the write. */
  @Override
  public void written(AccountId account, String botId) {
    var users = index.withId(botId);
    if (users.size() > 1) {
      users.forEach(this::trigger);
    }
  }

  @Override
  public void failed(AccountId account) {
    // Bots that are in sync keep their conditions: an outage must not cause a write for each.
  }

  /** Triggers a reconciliation of the Chatbot. */
  void trigger(Chatbot chatbot) {
    eventSource.propagateEvent(ResourceID.fromResource(chatbot));
  }

  /** Returns whether the Chatbot waits for the backend; a stalled one waits for a user. */
  private static boolean waitsForTheBackend(Chatbot chatbot) {
    return chatbot.isMarkedForDeletion()
        || (waits(chatbot)
            && (chatbot.getStatus() == null
                || !Conditions.isTrue(chatbot.getStatus().conditions(), ConditionType.Stalled)));
  }

  private static boolean waits(Chatbot chatbot) {
    var status = chatbot.getStatus();
    return chatbot.isMarkedForDeletion()
        || status == null
        || !Conditions.isTrue(status.conditions(), ConditionType.Ready);
  }
}
