package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.OwnWrites;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes the status of Chatbots, each only where it differs from what is there. */
final class StatusWriter {

  /** The fields that say which bot the object owns. */
  private static final Map<String, Function<ChatbotStatus, @Nullable Object>> LEFTOVERS =
      Map.of(
          "id", ChatbotStatus::id,
          "slug", ChatbotStatus::slug,
          "organizationId", ChatbotStatus::organizationId,
          "backend", ChatbotStatus::backend,
          "claim", ChatbotStatus::claim);

  private final OwnWrites writes;
  private final Clock clock;
  // Objects whose status is newer than the one that their reconciliation saw.
  private final Set<String> announced = ConcurrentHashMap.newKeySet();

  StatusWriter(OwnWrites writes, Clock clock) {
    this.writes = writes;
    this.clock = clock;
  }

  void matched(Chatbot chatbot, Outcome.Matched matched) {
    write(chatbot, ChatbotReport.matched(chatbot, matched, clock.instant()));
  }

  /** Returns whether this was news. */
  boolean failed(Chatbot chatbot, Failure failure) {
    return failed(
        chatbot, failure, Objects.requireNonNullElseGet(chatbot.getStatus(), ChatbotStatus::empty));
  }

  /**
   * @param known the status to go on from: what was there, and what the reconciliation learned
   */
  boolean failed(Chatbot chatbot, Failure failure, ChatbotStatus known) {
    var steady = SteadyWords.of(chatbot, failure);
    return write(chatbot, ChatbotReport.failed(chatbot, steady, known, clock.instant()));
  }

  /** Writes a status that another one follows in the same reconciliation. */
  void announce(Chatbot chatbot, Failure failure, ChatbotStatus known) {
    failed(chatbot, failure, known);
    announced.add(chatbot.getMetadata().getUid());
  }

  void paused(Chatbot chatbot, String message) {
    write(chatbot, ChatbotReport.paused(chatbot, message, clock.instant()));
  }

  /** A status that another client restored keeps fields that an apply omits. */
  private void removeLeftovers(Chatbot written, ChatbotStatus status) {
    var stored = written.getStatus();
    if (stored == null) {
      return;
    }
    var leftovers =
        LEFTOVERS.entrySet().stream()
            .filter(field -> field.getValue().apply(status) == null)
            .filter(field -> field.getValue().apply(stored) != null)
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    if (!leftovers.isEmpty()) {
      writes.removeStatus(written, leftovers);
    }
  }

  private boolean write(Chatbot chatbot, ChatbotStatus status) {
    var isAsSeen = !announced.remove(chatbot.getMetadata().getUid());
    if (isAsSeen && status.equals(chatbot.getStatus())) {
      writes.keepStatus(chatbot);
      return false;
    }
    var fresh = ChatbotMetadata.fresh(chatbot);
    fresh.setStatus(status);
    var written = writes.applyStatus(chatbot, fresh);
    written.ifPresent(stored -> removeLeftovers(stored, status));
    return written.isPresent();
  }
}
