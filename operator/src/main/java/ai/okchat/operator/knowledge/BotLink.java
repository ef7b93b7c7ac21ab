package ai.okchat.operator.knowledge;

import ai.okchat.operator.backend.Connection;
import ai.okchat.operator.backend.Seats.Seat;
import ai.okchat.operator.status.Failure;
import org.jspecify.annotations.Nullable;

/** The bot of a KnowledgeSource, and whether requests may be sent for it. */
sealed interface BotLink {

  /**
   * A bot, and the connection to it.
   *
   * @param organizationId that the bot belongs to; null if unknown
   * @param wayGone why only the key in memory is left; null while the Secret has one
   */
  record Linked(
      Connection connection,
      String botId,
      @Nullable String organizationId,
      @Nullable Failure wayGone)
      implements BotLink {

    /** The same, for a reconciliation that takes its seat with the first request. */
    Linked inBackground(Seat seat) {
      return new Linked(connection.inBackground(seat), botId, organizationId, wayGone);
    }
  }

  /**
   * Not yet.
   *
   * @param wayGone whether the backend object or its Secret is gone, so that no request can show
   *     whether documents are left
   */
  record Waiting(Failure failure, boolean wayGone) implements BotLink {}

  /** There is no Chatbot of this name, and no record of a bot. */
  record Gone(Failure failure) implements BotLink {}
}
