package ai.okchat.operator.knowledge.ingestion;

import ai.okchat.client.FailureKind;
import ai.okchat.client.KnowledgeDocument;
import ai.okchat.client.OkChatException;
import java.util.List;

/** The result of listing the documents of a bot. */
public sealed interface KnowledgeListing {

  /** All documents of the bot, of this source and of others. */
  record Listed(List<KnowledgeDocument> documents) implements KnowledgeListing {}

  /** A complete response in a format that this version does not support. */
  record UnsupportedFormat(String message) implements KnowledgeListing {}

  /** The backend has no such bot, or does not list it yet. */
  record NoBot() implements KnowledgeListing {}

  /**
   * Lists the documents of the bot.
   *
   * @throws OkChatException if the backend gives no conclusive response
   */
  static KnowledgeListing fetch(LinkedBot bot) {
    try {
      return new Listed(fetchDocuments(bot));
    } catch (OkChatException e) {
      if (e.unknownShape()) {
        return new UnsupportedFormat(e.getMessage() == null ? "" : e.getMessage());
      }
      if (e.kind() == FailureKind.NOT_FOUND) {
        return new NoBot();
      }
      throw e;
    }
  }

  /**
   * Lists all documents of the bot.
   *
   * @throws OkChatException on any other response
   */
  static List<KnowledgeDocument> fetchDocuments(LinkedBot bot) {
    return bot.connection().account().call(client -> client.listKnowledge(bot.botId())).documents();
  }
}
