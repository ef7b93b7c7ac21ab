package ai.okchat.sandbox.knowledge;

import static java.lang.System.Logger.Level.ERROR;

import ai.okchat.sandbox.store.Document.Content;
import ai.okchat.sandbox.store.Documents;
import ai.okchat.sandbox.store.Readings;
import ai.okchat.sandbox.text.Extraction;
import ai.okchat.sandbox.text.TextReader;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Extracts the text of PDF and Word documents in the background, two at a time, so that a slow one
 * does not block the others. Continues after a restart with the documents that are not read yet.
 */
public final class DocumentReading implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(DocumentReading.class.getName());
  private static final int AT_A_TIME = 2;
  private static final int GRACE_SECONDS = 5;

  private final Documents documents;
  private final Readings readings;
  private final PassageIndex index;
  private final TextReader reader;
  private final ExecutorService workers =
      Executors.newFixedThreadPool(
          AT_A_TIME, Thread.ofPlatform().daemon().name("reading-", 1).factory());

  public DocumentReading(
      Documents documents, Readings readings, PassageIndex index, TextReader reader) {
    this.documents = documents;
    this.readings = readings;
    this.index = index;
    this.reader = reader;
  }

  public void resume() {
    readings.ahead().forEach(this::begin);
  }

  /** Starts to read a document; does nothing if it is text. */
  void begin(Documents.New stored) {
    if (stored.content().isToBeRead()) {
      begin(stored.document().id());
    }
  }

  /** Returns the progress by document ID, without documents that need no extraction. */
  Map<String, Readings.Progress> progress(String chatbotId) {
    return readings.of(chatbotId);
  }

  Optional<String> text(String documentId) {
    return readings.text(documentId);
  }

  /** Cancels the documents in progress. */
  @Override
  public void close() {
    workers.shutdownNow();
    try {
      workers.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void begin(String documentId) {
    // Only the IDs are queued: the content of a thousand documents would not fit into memory.
    workers.execute(() -> documents.load(documentId).ifPresent(this::read));
  }

  private void read(Documents.New stored) {
    var content = stored.content();
    if (!content.isToBeRead()) {
      return;
    }
    try {
      keep(stored, extraction(content));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Extraction extraction(Content content) throws InterruptedException {
    try {
      return reader.read(content.fileType(), content.bytes());
    } catch (UncheckedIOException e) {
      LOG.log(ERROR, "A document could not be read", e);
      return Extraction.failed("could not be read: see the log of the sandbox");
    }
  }

  private void keep(Documents.New stored, Extraction extraction) {
    var document = stored.document();
    var text = extraction.text();
    index.together(
        () -> {
          var isStored = readings.put(document.id(), stored.content(), text, extraction.problem());
          if (isStored && text != null) {
            index.put(document, Content.read(text));
          }
        });
  }
}
