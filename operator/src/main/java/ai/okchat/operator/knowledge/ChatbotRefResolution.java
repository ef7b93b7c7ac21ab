package ai.okchat.operator.knowledge;

import ai.okchat.operator.backend.Connection;
import ai.okchat.operator.scheduling.BackgroundPermits.Permit;
import ai.okchat.operator.status.Failure;
import org.jspecify.annotations.Nullable;

/** The result of resolving {@code spec.chatbotRef}: the bot with its connection, or a failure. */
sealed interface ChatbotRefResolution {

  /**
   * A bot, and the connection to it.
   *
   * @param organizationId organization of the bot; null if unknown
   * @param isBackendGone why the Secret provides no API key and the connection uses the one in
   *     memory; null if the Secret provides one
   */
  record Linked(
      Connection connection,
      String botId,
      @Nullable String organizationId,
      @Nullable Failure isBackendGone)
      implements ChatbotRefResolution {

    /**
     * Returns a copy for a reconciliation that takes the background permit with its first request.
     */
    Linked inBackground(Permit permit) {
      return new Linked(connection.inBackground(permit), botId, organizationId, isBackendGone);
    }
  }

  /**
   * The bot cannot be used yet.
   *
   * @param isBackendGone whether the backend object or its Secret does not exist, so that no
   *     request can show whether documents remain
   */
  record Waiting(Failure failure, boolean isBackendGone) implements ChatbotRefResolution {}

  /** No Chatbot of this name exists, and no bot is recorded. */
  record Gone(Failure failure) implements ChatbotRefResolution {}
}
