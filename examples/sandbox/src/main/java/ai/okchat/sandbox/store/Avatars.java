package ai.okchat.sandbox.store;

import java.util.Optional;

/** Stores avatar images by the path under which they are served, until their bot is deleted. */
public final class Avatars {
  private final Database database;

  /** An image with its media type. */
  @SuppressWarnings("ArrayRecordComponent") // Handed over once, never compared.
  public record Image(String mediaType, byte[] content) {}

  public Avatars(Database database) {
    this.database = database;
  }

  public void add(String chatbotId, String path, Image image) {
    database.change(
        handle ->
            handle.execute(
                "INSERT INTO avatars (path, chatbot_id, media_type, content) VALUES (?, ?, ?, ?)",
                path,
                chatbotId,
                image.mediaType(),
                image.content()));
  }

  public Optional<Image> find(String path) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT media_type, content FROM avatars WHERE path = ?")
                .bind(0, path)
                .map((row, _) -> new Image(row.getString(1), row.getBytes(2)))
                .findOne());
  }
}
