package ai.okchat.cli;

import ai.okchat.client.Bot;
import ai.okchat.client.FailureKind;
import ai.okchat.client.KnowledgeDocument;
import ai.okchat.client.OkChatClient;
import ai.okchat.client.OkChatException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads bots of an account one after the other, and waits while the backend throttles. */
final class AccountReader {
  private static final int MOST_ATTEMPTS = 10;
  private static final int LONGEST_TITLE = 256;
  private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  private final OkChatClient client;
  private final Printer printer;

  AccountReader(OkChatClient client, Printer printer) {
    this.client = client;
    this.printer = printer;
  }

  /** Lists the IDs of all bots. */
  List<String> listIds() {
    return listAbridged().stream().map(Bot::id).toList();
  }

  /** Lists all bots, without their long texts. */
  List<Bot> listAbridged() {
    return send(() -> client.listChatbots(Bot::abridged));
  }

  /** Lists all documents of a bot. */
  List<KnowledgeDocument> listDocuments(String id) {
    return send(() -> client.listKnowledge(id)).documents();
  }

  Optional<Bot> read(String id) {
    return send(() -> client.getChatbot(id));
  }

  /** Lists the titles of the documents of a bot; empty if the shape of the list is unknown. */
  Optional<List<String>> listTitles(String id) {
    try {
      var list = send(() -> client.listKnowledge(id, AccountReader::abridged));
      return Optional.of(list.documents().stream().map(KnowledgeDocument::title).toList());
    } catch (OkChatException e) {
      if (e.kind() == FailureKind.UNEXPECTED_RESPONSE || e.kind() == FailureKind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static KnowledgeDocument abridged(KnowledgeDocument document) {
    return new KnowledgeDocument(
        document.id(), VisibleText.bounded(document.title(), LONGEST_TITLE), null, null);
  }

  private <T> T send(Supplier<T> request) {
    for (var attempt = 1; ; attempt++) {
      try {
        return request.get();
      } catch (OkChatException e) {
        if (e.kind() != FailureKind.RATE_LIMITED || attempt == MOST_ATTEMPTS) {
          throw e;
        }
        pause(e.retryAfter().orElse(SHORTEST_WAIT));
      }
    }
  }

  private void pause(Duration required) {
    var wait = required.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : required;
    printer.note("The backend throttles the account. Waiting %s.".formatted(Ages.of(wait)));
    try {
      Thread.sleep(wait.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw PluginException.unknown("The command was interrupted.");
    }
  }
}
