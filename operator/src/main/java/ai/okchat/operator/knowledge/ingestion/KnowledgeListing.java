package ai.okchat.operator.knowledge.ingestion;

import ai.okchat.client.FailureKind;
import ai.okchat.client.KnowledgeDocument;
import ai.okchat.client.OkChatException;
import ai.okchat.planning.document.DocumentTitle;
import ai.okchat.planning.document.SourceTag;
import java.util.List;

/** The result of listing the documents of a bot. */
public sealed interface KnowledgeListing {

  /** All documents of this source that the bot has. */
  record Listed(List<KnowledgeDocument> documents) implements KnowledgeListing {}

  /** A complete response in a format that this version does not support. */
  record UnsupportedFormat(String message) implements KnowledgeListing {}

  /** The backend has no such bot, or does not list it yet. */
  record NoBot() implements KnowledgeListing {}

  /**
   * Lists the documents of a source that the bot has.
   *
   * @throws OkChatException if the backend gives no conclusive response
   */
  static KnowledgeListing fetch(LinkedBot bot, SourceTag source) {
    try {
      return new Listed(fetchDocuments(bot, source));
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
   * Lists the documents of a source that the bot has.
   *
   * @throws OkChatException on any other response
   */
  static List<KnowledgeDocument> fetchDocuments(LinkedBot bot, SourceTag source) {
    return bot.connection()
        .account()
        .listKnowledge(
            bot.botId(), document -> DocumentTitle.find(document.title(), source).isPresent());
  }
}
