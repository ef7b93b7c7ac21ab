package ai.okchat.operator.knowledge;

import ai.okchat.operator.backend.Account;
import ai.okchat.operator.fetch.SourceException;
import ai.okchat.operator.knowledge.Delivery.Outcome;
import ai.okchat.operator.knowledge.IngestionPlan.Replacement;
import ai.okchat.operator.knowledge.document.Document;
import ai.okchat.operator.okchat.OkChatClient;
import ai.okchat.operator.okchat.OkChatException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Sends single documents to one bot, and notes what became of each. What a call means for its
 * document alone stays here; what concerns all is thrown.
 */
final class Courier {

  private final Account account;
  private final String botId;
  private final Map<String, Delivery> deliveries;
  private final Clock clock;

  Courier(BotLink.Linked bot, Map<String, Delivery> deliveries, Clock clock) {
    this.account = bot.connection().account();
    this.botId = bot.botId();
    this.deliveries = deliveries;
    this.clock = clock;
  }

  void upload(Document document) {
    send(
        document,
        Outcome.ACKNOWLEDGED,
        client -> client.uploadKnowledge(botId, List.of(document.upload())));
  }

  /** Puts a document in the place of a listed one, with its title. */
  void replace(Replacement replacement) {
    var document = replacement.document();
    send(
        document,
        Outcome.REPLACED,
        client ->
            client.updateKnowledge(
                botId, replacement.replaced().id(), document.title().text(), document.upload()));
  }

  /** One that is gone already is as good as removed. */
  void remove(ListedDocument document) {
    account.call(client -> client.deleteKnowledge(botId, document.id()));
  }

  private void send(Document document, Outcome success, Consumer<OkChatClient> call) {
    var key = document.title().key();
    deliveries.put(key, Delivery.of(Outcome.UNCERTAIN, clock.instant()));
    try {
      account.call(
          client -> {
            call.accept(client);
            return true;
          });
      deliveries.put(key, Delivery.of(success, clock.instant()));
    } catch (OkChatException e) {
      if (!e.mayHaveBeenApplied()) {
        deliveries.remove(key);
      }
      concernsDocumentOnly(document, key, e);
    }
  }

  private void concernsDocumentOnly(Document document, String key, OkChatException e) {
    switch (e.kind()) {
      case REQUEST_REJECTED, CONFLICT ->
          deliveries.put(key, Delivery.rejected(clock.instant(), words(e)));
      case NOT_FOUND -> {
        // The list tells next time what is gone, the document or the bot.
      }
      case INVALID_CALL ->
          throw new SourceException(
              "The document %s could not be read while it was sent.".formatted(document.name()),
              true);
      default -> throw e;
    }
  }

  /** Nothing of the response but its status and error code: it may quote the document. */
  private static String words(OkChatException e) {
    var status = e.status().isPresent() ? " with HTTP status " + e.status().getAsInt() : "";
    var code = e.detail().isEmpty() ? "" : " and the error code " + e.detail();
    return "The backend rejected the document%s%s.".formatted(status, code);
  }
}
