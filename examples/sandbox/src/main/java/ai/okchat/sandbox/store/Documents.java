package ai.okchat.sandbox.store;

import ai.okchat.sandbox.store.Document.Content;
import ai.okchat.sandbox.store.Document.Visibility;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Stores the documents of all bots. */
public final class Documents {
  private static final String COLUMNS =
      "id, chatbot_id, title, created_at, listed_from, ready_from";

  private final Database database;

  public Documents(Database database) {
    this.database = database;
  }

  /** A document that is not stored yet. */
  public record New(Document document, Content content) {}

  /** Stores all documents or none. */
  public void add(List<New> documents) {
    database.change(
        handle ->
            documents.forEach(
                added ->
                    handle.execute(
                        "INSERT INTO documents ("
                            + COLUMNS
                            + ", file_type, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                        added.document().id(),
                        added.document().chatbotId(),
                        added.document().title(),
                        added.document().createdAt(),
                        added.document().visibility().listedFrom(),
                        added.document().visibility().readyFrom(),
                        added.content().fileType(),
                        added.content().bytes())));
  }

  /** Returns the documents of a bot, oldest first. */
  public List<Document> of(String chatbotId) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT " + COLUMNS + " FROM documents WHERE chatbot_id = ? ORDER BY seq")
                .bind(0, chatbotId)
                .map((row, _) -> document(row))
                .list());
  }

  public Optional<Document> find(String chatbotId, String id) {
    return of(chatbotId).stream().filter(document -> document.id().equals(id)).findFirst();
  }

  public Optional<Content> content(String id) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT file_type, content FROM documents WHERE id = ?")
                .bind(0, id)
                .map((row, _) -> new Content(row.getString(1), row.getBytes(2)))
                .findOne());
  }

  /** Returns a document of any bot with its content. */
  public Optional<New> load(String id) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT " + COLUMNS + ", file_type, content FROM documents WHERE id = ?")
                .bind(0, id)
                .map((row, _) -> withContent(row))
                .findOne());
  }

  /** Replaces title, visibility and content of a document, and deletes its extracted text. */
  public void replace(New replacement) {
    var document = replacement.document();
    database.change(
        handle -> {
          handle.execute("DELETE FROM readings WHERE document_id = ?", document.id());
          handle.execute(
              "UPDATE documents SET title = ?, ready_from = ?, file_type = ?, content = ?"
                  + " WHERE id = ?",
              document.title(),
              document.visibility().readyFrom(),
              replacement.content().fileType(),
              replacement.content().bytes(),
              document.id());
        });
  }

  public boolean delete(String chatbotId, String id) {
    return database.write(
        handle ->
            handle.execute("DELETE FROM documents WHERE chatbot_id = ? AND id = ?", chatbotId, id)
                == 1);
  }

  /** Visits every document of every bot, one at a time, with its extracted text if it has one. */
  public void forEach(BiConsumer<Document, Content> visitor) {
    database.read(
        handle -> {
          handle
              .createQuery(
                  "SELECT "
                      + COLUMNS
                      + ", CASE WHEN text IS NULL THEN file_type ELSE 'txt' END,"
                      + " COALESCE(text, content)"
                      + " FROM documents LEFT JOIN readings ON document_id = id ORDER BY seq")
              .map((row, _) -> withContent(row))
              .forEach(stored -> visitor.accept(stored.document(), stored.content()));
          return true;
        });
  }

  private static New withContent(ResultSet row) throws SQLException {
    return new New(document(row), new Content(row.getString(7), row.getBytes(8)));
  }

  private static Document document(ResultSet row) throws SQLException {
    return new Document(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        new Visibility(row.getLong(5), row.getLong(6)));
  }
}
