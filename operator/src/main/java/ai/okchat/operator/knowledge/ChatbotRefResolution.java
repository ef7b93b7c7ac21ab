package ai.okchat.operator.knowledge;

import ai.okchat.operator.knowledge.ingestion.LinkedBot;
import ai.okchat.operator.status.Failure;

/** The result of resolving {@code spec.chatbotRef}: the bot with its connection, or a failure. */
sealed interface ChatbotRefResolution {

  /** The bot, and the connection to it. */
  record Linked(LinkedBot bot) implements ChatbotRefResolution {}

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
