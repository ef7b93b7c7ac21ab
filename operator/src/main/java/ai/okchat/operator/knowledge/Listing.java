package ai.okchat.operator.knowledge;

import ai.okchat.operator.okchat.FailureKind;
import ai.okchat.operator.okchat.KnowledgeDocument;
import ai.okchat.operator.okchat.OkChatException;
import java.util.List;

/** What asking for the documents of a bot led to. */
sealed interface Listing {

  /** All documents of the bot, of this source and of others. */
  record Understood(List<KnowledgeDocument> documents) implements Listing {}

  /** An answer that is whole, but of a shape that this version does not know. */
  record NotUnderstood(String words) implements Listing {}

  /** The backend has no such bot, or does not show it yet. */
  record NoBot() implements Listing {}

  /**
   * Asks.
   *
   * @throws OkChatException where the backend gives no definite answer
   */
  static Listing of(BotLink.Linked bot) {
    try {
      return new Understood(now(bot));
    } catch (OkChatException e) {
      if (e.unknownShape()) {
        return new NotUnderstood(e.getMessage() == null ? "" : e.getMessage());
      }
      if (e.kind() == FailureKind.NOT_FOUND) {
        return new NoBot();
      }
      throw e;
    }
  }

  /**
   * All documents of the bot.
   *
   * @throws OkChatException where the answer is anything else
   */
  static List<KnowledgeDocument> now(BotLink.Linked bot) {
    return bot.connection().account().call(client -> client.listKnowledge(bot.botId())).documents();
  }
}
