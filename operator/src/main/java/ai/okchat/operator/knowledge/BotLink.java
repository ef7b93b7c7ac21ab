package ai.okchat.operator.knowledge;

import ai.okchat.operator.backend.Connection;
import ai.okchat.operator.status.Failure;

/** What the Chatbot that a KnowledgeSource names leads to. */
sealed interface BotLink {

  /** A bot, and the way to it. */
  record Linked(Connection connection, String botId) implements BotLink {}

  /**
   * Not yet.
   *
   * @param wayGone whether the backend object or its Secret is gone, so that nobody can say whether
   *     documents are left
   */
  record Waiting(Failure failure, boolean wayGone) implements BotLink {}

  /** There is no Chatbot of this name, so no documents of its bot either. */
  record Gone(Failure failure) implements BotLink {}
}
