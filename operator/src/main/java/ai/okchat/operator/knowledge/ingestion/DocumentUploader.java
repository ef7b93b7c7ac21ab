package ai.okchat.operator.knowledge.ingestion;

import ai.okchat.client.FailureKind;
import ai.okchat.client.OkChatClient;
import ai.okchat.client.OkChatException;
import ai.okchat.operator.account.Account;
import ai.okchat.operator.fetch.SourceException;
import ai.okchat.planning.document.Document;
import ai.okchat.planning.document.IngestionPlan.Replacement;
import ai.okchat.planning.document.ListedDocument;
import ai.okchat.planning.document.UploadAttempt;
import ai.okchat.planning.document.UploadAttempt.Outcome;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends the documents of one batch to one bot, and records the outcome of each. The failure of one
 * document is recorded, so that the others continue; a failure that concerns all is thrown.
 */
public final class DocumentUploader {

  /**
   * Requests without a conclusive response after which the backend counts as failed if no other
   * request got one.
   */
  private static final int MAX_INCONCLUSIVE = 8;

  private final Account account;
  private final String botId;
  private final UploadTracker memory;
  private final String sourceUid;
  private final Map<String, UploadAttempt> attemptsByKey;
  private final Clock clock;
  private final InconclusiveUploads inVain = new InconclusiveUploads();

  /**
   * Creates an uploader for one batch.
   *
   * @param sourceUid UID of the KnowledgeSource that has the documents
   * @param attemptsByKey known attempts of its documents, by title key
   */
  public DocumentUploader(
      LinkedBot bot,
      String sourceUid,
      UploadTracker memory,
      Map<String, UploadAttempt> attemptsByKey,
      Clock clock) {
    this.account = bot.connection().account();
    this.botId = bot.botId();
    this.memory = memory;
    this.sourceUid = sourceUid;
    this.attemptsByKey = attemptsByKey;
    this.clock = clock;
  }

  void upload(Document document) {
    send(
        document,
        Outcome.ACKNOWLEDGED,
        client -> client.uploadKnowledge(botId, List.of(document.upload())),
        e -> {
          if (memory.setUnknown(botId, true)) {
            // The Chatbot should notice without waiting for a poll; a list triggers it.
            account.inventory().refresh();
          }
          throw botUnknown(e);
        });
    memory.setUnknown(botId, false);
  }

  /** Replaces a listed document, including its title. */
  void replace(Replacement replacement) {
    var document = replacement.document();
    var replaced = replacement.replaced().id();
    send(
        document,
        Outcome.REPLACED,
        client ->
            client.updateKnowledge(botId, replaced, document.title().text(), document.upload()),
        _ -> {
          memory.acceptedRemoval(sourceUid, replaced, clock.instant());
          inVain.concluded();
        });
  }

  /** Removes a document; one that does not exist counts as removed. */
  public void remove(ListedDocument document) {
    account.call(client -> client.deleteKnowledge(botId, document.id()));
    memory.acceptedRemoval(sourceUid, document.id(), clock.instant());
  }

  /**
   * Completes the batch. A single document that had failed before does not fail the batch.
   *
   * @throws OkChatException if no request got a conclusive response, so that the cause is the
   *     backend rather than a document
   */
  void requireConclusiveResponse() {
    inVain.requireConclusiveResponse();
  }

  /**
   * @param unknown handles the response that the bot, or the document to replace, does not exist
   */
  private void send(
      Document document,
      Outcome success,
      Consumer<OkChatClient> call,
      Consumer<OkChatException> unknown) {
    var key = document.title().key();
    var before = attemptsByKey.get(key);
    attemptsByKey.put(key, uncertain(before));
    try {
      account.call(
          client -> {
            call.accept(client);
            return true;
          });
      attemptsByKey.put(key, UploadAttempt.of(success, clock.instant()));
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

  private UploadAttempt uncertain(@Nullable UploadAttempt before) {
    var now = clock.instant();
    return before == null
        ? UploadAttempt.of(Outcome.UNCERTAIN, now)
        : new UploadAttempt(Outcome.UNCERTAIN, now, before.message(), before.attempts());
  }

  private void concernsDocumentOnly(Document document, OkChatException e) {
    var key = document.title().key();
    switch (e.kind()) {
      case REQUEST_REJECTED, CONFLICT -> {
        attemptsByKey.put(key, UploadAttempt.rejected(clock.instant(), rejected(e)));
        inVain.concluded();
      }
      case UNAVAILABLE, UNEXPECTED_RESPONSE -> {
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

  /** Records an attempt, and returns how many in a row ended without a conclusive response. */
  private int attempted(String key, String message) {
    var before = attemptsByKey.get(key);
    var attempts = before == null ? 1 : before.attempts() + 1;
    attemptsByKey.put(
        key, new UploadAttempt(Outcome.UNCERTAIN, clock.instant(), message, attempts));
    return attempts;
  }

  private void restore(String key, @Nullable UploadAttempt before) {
    if (before == null) {
      attemptsByKey.remove(key);
    } else {
      attemptsByKey.put(key, before);
    }
  }

  /** Throws if the request never reached the backend: it shows nothing about the document. */
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

  /** Returns only the status and error code of the response, which may quote the document. */
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

  /** Distinguishes a backend that fails from a document that fails. */
  private static final class InconclusiveUploads {

    private boolean anyConcluded;
    private int failures;
    private boolean isNew;
    private @Nullable OkChatException first;

    synchronized void concluded() {
      anyConcluded = true;
    }

    synchronized void failed(OkChatException e, int attempts) {
      failures++;
      isNew |= attempts == 1;
      first = first == null ? e : first;
      if (failures >= MAX_INCONCLUSIVE && !anyConcluded) {
        throw first;
      }
    }

    synchronized void requireConclusiveResponse() {
      if (first != null && !anyConcluded && (failures > 1 || isNew)) {
        throw first;
      }
    }
  }
}
