package ai.okchat.operator.knowledge;

import ai.okchat.operator.backend.Account;
import ai.okchat.operator.fetch.SourceException;
import ai.okchat.operator.knowledge.Delivery.Outcome;
import ai.okchat.operator.knowledge.IngestionPlan.Replacement;
import ai.okchat.operator.knowledge.document.Document;
import ai.okchat.operator.okchat.FailureKind;
import ai.okchat.operator.okchat.OkChatClient;
import ai.okchat.operator.okchat.OkChatException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends the documents of one batch to one bot, and notes what became of each. A failure that
 * concerns one document stays here, so that the others continue; a failure that concerns all is
 * thrown.
 */
final class Courier {

  /** So many requests without a conclusive response, and none with one: the backend fails. */
  private static final int MOST_IN_VAIN = 8;

  private final Account account;
  private final String botId;
  private final Deliveries memory;
  private final String sourceUid;
  private final Map<String, Delivery> deliveries;
  private final Clock clock;
  private final InVain inVain = new InVain();

  /**
   * For one batch.
   *
   * @param sourceUid of the KnowledgeSource that has the documents
   * @param deliveries what is known of its documents, by the key of the title
   */
  Courier(
      BotLink.Linked bot,
      String sourceUid,
      Deliveries memory,
      Map<String, Delivery> deliveries,
      Clock clock) {
    this.account = bot.connection().account();
    this.botId = bot.botId();
    this.memory = memory;
    this.sourceUid = sourceUid;
    this.deliveries = deliveries;
    this.clock = clock;
  }

  void upload(Document document) {
    send(
        document,
        Outcome.ACKNOWLEDGED,
        client -> client.uploadKnowledge(botId, List.of(document.upload())),
        e -> {
          memory.setUnknown(botId, true);
          throw botUnknown(e);
        });
    memory.setUnknown(botId, false);
  }

  /** Puts a document in the place of a listed one, with its title. */
  void replace(Replacement replacement) {
    var document = replacement.document();
    var replaced = replacement.replaced().id();
    send(
        document,
        Outcome.REPLACED,
        client ->
            client.updateKnowledge(botId, replaced, document.title().text(), document.upload()),
        _ -> memory.acceptedRemoval(sourceUid, replaced, clock.instant()));
  }

  /** One that is gone already is as good as removed. */
  void remove(ListedDocument document) {
    account.call(client -> client.deleteKnowledge(botId, document.id()));
    memory.acceptedRemoval(sourceUid, document.id(), clock.instant());
  }

  /**
   * Ends the sending of the batch. A single document that failed before fails alone.
   *
   * @throws OkChatException if no request got a conclusive response, so that the backend rather
   *     than a document is to blame
   */
  void requireConclusiveResponse() {
    inVain.requireConclusiveResponse();
  }

  /**
   * @param unknown what to do if the backend does not know the bot, or the document to replace
   */
  private void send(
      Document document,
      Outcome success,
      Consumer<OkChatClient> call,
      Consumer<OkChatException> unknown) {
    var key = document.title().key();
    var before = deliveries.get(key);
    deliveries.put(key, uncertain(before));
    try {
      account.call(
          client -> {
            call.accept(client);
            return true;
          });
      deliveries.put(key, Delivery.of(success, clock.instant()));
      inVain.concluded();
    } catch (OkChatException e) {
      if (!e.mayHaveBeenApplied()) {
        restore(key, before);
      }
      if (e.kind() == FailureKind.NOT_FOUND) {
        unknown.accept(e);
      } else {
        concernsDocumentOnly(document, e);
      }
    }
  }

  private Delivery uncertain(@Nullable Delivery before) {
    var now = clock.instant();
    return before == null
        ? Delivery.of(Outcome.UNCERTAIN, now)
        : new Delivery(Outcome.UNCERTAIN, now, before.message(), before.attempts());
  }

  private void concernsDocumentOnly(Document document, OkChatException e) {
    var key = document.title().key();
    switch (e.kind()) {
      case REQUEST_REJECTED, CONFLICT -> {
        deliveries.put(key, Delivery.rejected(clock.instant(), rejected(e)));
        inVain.concluded();
      }
      case UNAVAILABLE, UNEXPECTED_ANSWER -> {
        requireReached(e);
        inVain.failed(e, attempted(key, unconfirmed(e)));
      }
      case INVALID_CALL ->
          throw new SourceException(
              "The document %s could not be read while it was sent.".formatted(document.name()),
              true);
      default -> throw e;
    }
  }

  /** Returns how many attempts in a row ended without a conclusive response. */
  private int attempted(String key, String message) {
    var before = deliveries.get(key);
    var attempts = before == null ? 1 : before.attempts() + 1;
    deliveries.put(key, new Delivery(Outcome.UNCERTAIN, clock.instant(), message, attempts));
    return attempts;
  }

  private void restore(String key, @Nullable Delivery before) {
    if (before == null) {
      deliveries.remove(key);
    } else {
      deliveries.put(key, before);
    }
  }

  /** A request that never reached the backend says nothing about the document. */
  private static void requireReached(OkChatException e) {
    if (!e.mayHaveBeenApplied() && e.status().isEmpty()) {
      throw e;
    }
  }

  private static OkChatException botUnknown(OkChatException e) {
    return OkChatException.failure(FailureKind.NOT_FOUND, e.action(), e.target())
        .because(
            "the backend returned HTTP status 404: it does not know the bot. Documents are uploaded"
                + " as soon as it does")
        .status(404)
        .mayHaveBeenApplied(false)
        .build();
  }

  /** Nothing of the response but its status and error code: it may quote the document. */
  private static String rejected(OkChatException e) {
    var code = e.detail().isEmpty() ? "" : " and the error code " + e.detail();
    return "The backend rejected the document%s%s.".formatted(status(e), code);
  }

  private static String unconfirmed(OkChatException e) {
    return "The backend did not confirm the document%s. The operator tries again later."
        .formatted(e.status().isPresent() ? ": it responded" + status(e) : "");
  }

  private static String status(OkChatException e) {
    return e.status().isPresent() ? " with HTTP status " + e.status().getAsInt() : "";
  }

  /** Tells a backend that fails from a document that fails. */
  private static final class InVain {

    private boolean anyConcluded;
    private int failures;
    private boolean isNews;
    private @Nullable OkChatException first;

    synchronized void concluded() {
      anyConcluded = true;
    }

    synchronized void failed(OkChatException e, int attempts) {
      failures++;
      isNews |= attempts == 1;
      first = first == null ? e : first;
      if (failures >= MOST_IN_VAIN && !anyConcluded) {
        throw first;
      }
    }

    synchronized void requireConclusiveResponse() {
      if (first != null && !anyConcluded && (failures > 1 || isNews)) {
        throw first;
      }
    }
  }
}
