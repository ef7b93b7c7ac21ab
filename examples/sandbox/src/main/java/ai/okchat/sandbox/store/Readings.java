package ai.okchat.sandbox.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.okchat.sandbox.store.Document.Content;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stores the extracted text of PDF and Word documents, or the problem of the extraction. */
public final class Readings {
  private final Database database;

  public Readings(Database database) {
    this.database = database;
  }

  /**
   * The progress of the extraction of one document.
   *
   * @param problem the cause of a failure; null otherwise
   */
  public record Progress(boolean isOver, @Nullable String problem) {}

  /** Returns the progress by document ID, without documents that need no extraction. */
  public Map<String, Progress> of(String chatbotId) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT id, document_id IS NOT NULL, problem FROM documents"
                        + " LEFT JOIN readings ON document_id = id"
                        + " WHERE chatbot_id = :bot AND file_type IN (<types>)")
                .bind("bot", chatbotId)
                .bindList("types", List.copyOf(Content.TO_BE_READ))
                .reduceRows(
                    new HashMap<>(),
                    (all, row) -> {
                      all.put(
                          row.getColumn(1, String.class),
                          new Progress(
                              row.getColumn(2, Boolean.class), row.getColumn(3, String.class)));
                      return all;
                    }));
  }

  /** Returns the IDs of the documents whose text is not extracted yet, oldest first. */
  public List<String> ahead() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT id FROM documents LEFT JOIN readings ON document_id = id"
                        + " WHERE document_id IS NULL AND file_type IN (<types>) ORDER BY seq")
                .bindList("types", List.copyOf(Content.TO_BE_READ))
                .mapTo(String.class)
                .list());
  }

  public Optional<String> text(String documentId) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT text FROM readings WHERE document_id = ? AND text IS NOT NULL")
                .bind(0, documentId)
                .map((row, _) -> new String(row.getBytes(1), UTF_8))
                .findOne());
  }

  /** Stores a result; returns false if the document was deleted or its content was replaced. */
  public boolean put(
      String documentId, Content read, @Nullable String text, @Nullable String problem) {
    return database.write(
        handle ->
            handle.execute(
                    "INSERT OR REPLACE INTO readings (document_id, text, problem)"
                        + " SELECT id, ?, ? FROM documents"
                        + " WHERE id = ? AND file_type = ? AND content = ?",
                    text == null ? null : text.getBytes(UTF_8),
                    problem,
                    documentId,
                    read.fileType(),
                    read.bytes())
                == 1);
  }
}
