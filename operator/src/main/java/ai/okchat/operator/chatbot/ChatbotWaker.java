package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.operator.backend.AccountId;
import ai.okchat.operator.backend.BackendKey;
import ai.okchat.operator.backend.Connections;
import ai.okchat.operator.backend.InventoryChange;
import ai.okchat.operator.backend.InventoryListener;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.function.Predicate;

/**
 * Brings Chatbots before their reconciler for what no Kubernetes event tells: a bot that looks
 * different, a slug that became free, a backend that answers again or leads elsewhere. All others
 * are left asleep.
 */
public final class ChatbotWaker implements InventoryListener {

  private final SimpleInboundEventSource<Chatbot> eventSource =
      new SimpleInboundEventSource<>("chatbot-wake-ups");
  private final ChatbotIndex index;
  private final Connections connections;

  public ChatbotWaker(ChatbotIndex index, Connections connections) {
    this.index = index;
    this.connections = connections;
  }

  SimpleInboundEventSource<Chatbot> eventSource() {
    return eventSource;
  }

  /** The backend object leads to another account than before, or to one again. */
  public void wakeUsersOf(BackendKey backend) {
    index.referringTo(backend).forEach(this::wake);
  }

  /** Objects of the same slug or bot: one of them may have precedence now. */
  void gone(Chatbot gone) {
    connections.dropUnused(BackendKey.of(gone));
    index.withSlug(ChatbotIndex.slug(gone)).forEach(this::wake);
    var status = gone.getStatus();
    if (status != null && status.id() != null) {
      index.withId(status.id()).forEach(this::wake);
    }
  }

  @Override
  public void listed(AccountId account, InventoryChange change, boolean recovered) {
    var backends = connections.leadingTo(account);
    Predicate<Chatbot> isOfAccount = chatbot -> backends.contains(BackendKey.of(chatbot));
    change.ids().stream()
        .flatMap(id -> index.withId(id).stream())
        .filter(isOfAccount)
        .forEach(this::wake);
    change.slugs().stream()
        .flatMap(slug -> index.withSlug(slug).stream())
        .filter(isOfAccount.and(ChatbotWaker::waits))
        .forEach(this::wake);
    if (recovered) {
      // One that failed just before may not have written yet that it waits: its backoff is short.
      backends.stream()
          .flatMap(backend -> index.referringTo(backend).stream())
          .filter(ChatbotWaker::waitsForTheBackend)
          .forEach(this::wake);
    }
  }

  /** The object that sent the request knows; others with the same bot do not. */
  @Override
  public void written(AccountId account, String botId) {
    var users = index.withId(botId);
    if (users.size() > 1) {
      users.forEach(this::wake);
    }
  }

  @Override
  public void failed(AccountId account) {
    // Bots that are in sync keep their conditions: an outage must not cost a write for each.
  }

  /** Asks for a pass over the Chatbot. */
  void wake(Chatbot chatbot) {
    eventSource.propagateEvent(ResourceID.fromResource(chatbot));
  }

  /** Not those that nothing but a change by a user can help. */
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
