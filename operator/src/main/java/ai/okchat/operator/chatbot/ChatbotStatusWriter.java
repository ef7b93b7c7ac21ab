package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.BackendObject;
import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.api.v1alpha1.DeletionPolicy;
import ai.okchat.operator.kubernetes.ServerSideApply;
import ai.okchat.operator.lifecycle.EffectiveDeletionPolicy;
import ai.okchat.operator.status.Failure;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes the status of Chatbots, if it differs from the previous one. */
final class ChatbotStatusWriter {

  /** The fields that identify the bot of the object. */
  private static final Map<String, Function<ChatbotStatus, @Nullable Object>> OWNERSHIP_FIELDS =
      Map.of(
          "id", ChatbotStatus::id,
          "slug", ChatbotStatus::slug,
          "organizationId", ChatbotStatus::organizationId,
          "backend", ChatbotStatus::backend,
          "claim", ChatbotStatus::claim);

  private final ServerSideApply writes;
  private final Clock clock;
  private final Function<Chatbot, Optional<BackendObject>> backends;
  // UIDs of objects whose status is newer than the one that their reconciliation read.
  private final Set<String> announced = ConcurrentHashMap.newKeySet();

  /**
   * @param backends finds the backend object of a Chatbot
   */
  ChatbotStatusWriter(
      ServerSideApply writes, Clock clock, Function<Chatbot, Optional<BackendObject>> backends) {
    this.writes = writes;
    this.clock = clock;
    this.backends = backends;
  }

  /** Returns the policy for the bot when the Chatbot is deleted. */
  DeletionPolicy deletionPolicy(Chatbot chatbot) {
    var recorded = ChatbotStatusFactory.before(chatbot).deletionPolicy();
    return EffectiveDeletionPolicy.of(
        chatbot.getSpec().deletionPolicy(), backends.apply(chatbot), recorded);
  }

  void matched(Chatbot chatbot, SyncResult.Matched matched) {
    write(chatbot, ChatbotStatusFactory.matched(chatbot, matched, clock.instant()));
  }

  /** Returns whether the status changed. */
  boolean failed(Chatbot chatbot, Failure failure) {
    return failed(
        chatbot, failure, Objects.requireNonNullElseGet(chatbot.getStatus(), ChatbotStatus::empty));
  }

  /**
   * @param known the status to continue with: the previous one, and the result until the failure
   */
  boolean failed(Chatbot chatbot, Failure failure, ChatbotStatus known) {
    var stable = StableMessages.of(chatbot, failure);
    return write(chatbot, ChatbotStatusFactory.failed(chatbot, stable, known, clock.instant()));
  }

  /** Writes an intermediate status; the same reconciliation writes another one later. */
  void announce(Chatbot chatbot, Failure failure, ChatbotStatus known) {
    failed(chatbot, failure, known);
    announced.add(chatbot.getMetadata().getUid());
  }

  void paused(Chatbot chatbot, String message) {
    write(chatbot, ChatbotStatusFactory.paused(chatbot, message, clock.instant()));
  }

  /**
   * Removes the fields that an apply omits and does not remove: those of a status that another
   * client restored.
   */
  private void removeRestoredFields(Chatbot written, ChatbotStatus status) {
    var stored = written.getStatus();
    if (stored == null) {
      return;
    }
    var restored =
        OWNERSHIP_FIELDS.entrySet().stream()
            .filter(field -> field.getValue().apply(status) == null)
            .filter(field -> field.getValue().apply(stored) != null)
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    if (!restored.isEmpty()) {
      writes.removeStatus(written, restored);
    }
  }

  private boolean write(Chatbot chatbot, ChatbotStatus result) {
    var status = result.withDeletionPolicy(deletionPolicy(chatbot));
    var isCurrent = !announced.remove(chatbot.getMetadata().getUid());
    if (isCurrent && status.equals(chatbot.getStatus())) {
      writes.recordUnchangedStatus(chatbot);
      return false;
    }
    var patch = ChatbotMetadata.fresh(chatbot);
    patch.setStatus(status);
    var written = writes.applyStatus(chatbot, patch);
    written.ifPresent(stored -> removeRestoredFields(stored, status));
    return written.isPresent();
  }
}
