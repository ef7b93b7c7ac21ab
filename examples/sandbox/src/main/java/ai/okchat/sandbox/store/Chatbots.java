package ai.okchat.sandbox.store;

import ai.okchat.sandbox.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/** Stores the bots of all organizations. */
public final class Chatbots {
  private static final String LIST_FORM =
      "json_remove(chatbot, '$.docs_metadata', '$.managers', '$.migrated_data',"
          + " '$.openai_api_key', '$.v1_chatbot_id')";

  private final Database database;

  public Chatbots(Database database) {
    this.database = database;
  }

  public Optional<Chatbot> find(String id) {
    return database.read(handle -> find(handle, id));
  }

  /** Returns the bots of all organizations, oldest first. */
  public List<Chatbot> all() {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT * FROM chatbots ORDER BY seq")
                .map((row, _) -> chatbot(row))
                .list());
  }

  /** Returns the JSON of each visible bot in the list form, oldest first. */
  public List<String> listForms(String organizationId, long now) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT "
                        + LIST_FORM
                        + " FROM chatbots WHERE organization_id = ? AND visible_from <= ?"
                        + " ORDER BY seq")
                .bind(0, organizationId)
                .bind(1, now)
                .mapTo(String.class)
                .list());
  }

  /** The result of storing a new bot. */
  public enum Insertion {
    STORED,
    SLUG_TAKEN,
    TOO_MANY
  }

  /**
   * Stores a new bot, or nothing.
   *
   * @param maxBots 0: no limit
   */
  public Insertion insert(Chatbot bot, int maxBots) {
    return database.write(
        handle -> {
          if (maxBots > 0 && count(handle, bot.organizationId()) >= maxBots) {
            return Insertion.TOO_MANY;
          }
          var inserted =
              handle.execute(
                  "INSERT INTO chatbots (id, organization_id, slug, visible_from, chatbot)"
                      + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (slug) DO NOTHING",
                  bot.id(),
                  bot.organizationId(),
                  bot.slug(),
                  bot.visibleFrom(),
                  Json.text(bot.form()));
          return inserted == 1 ? Insertion.STORED : Insertion.SLUG_TAKEN;
        });
  }

  private static int count(Handle handle, String organizationId) {
    return handle
        .createQuery("SELECT count(*) FROM chatbots WHERE organization_id = ?")
        .bind(0, organizationId)
        .mapTo(Integer.class)
        .one();
  }

  /** Reads, changes and stores a bot in one transaction, so that no concurrent change is lost. */
  public Optional<Chatbot> update(String id, UnaryOperator<Chatbot> change) {
    return database.write(
        handle -> {
          var changed = find(handle, id).map(change);
          changed.ifPresent(bot -> store(handle, bot));
          return changed;
        });
  }

  /** Deletes a bot with its documents, avatars, sessions and messages. */
  public boolean delete(String id) {
    return database.write(handle -> handle.execute("DELETE FROM chatbots WHERE id = ?", id) == 1);
  }

  private static void store(Handle handle, Chatbot bot) {
    var widget = bot.widget();
    handle.execute(
        "UPDATE chatbots SET slug = ?, chatbot = ?, chat_widget_config = ? WHERE id = ?",
        bot.slug(),
        Json.text(bot.form()),
        widget == null ? null : Json.text(widget),
        bot.id());
  }

  private static Optional<Chatbot> find(Handle handle, String id) {
    return handle
        .createQuery("SELECT * FROM chatbots WHERE id = ?")
        .bind(0, id)
        .map((row, _) -> chatbot(row))
        .findOne();
  }

  private static Chatbot chatbot(ResultSet row) throws SQLException {
    var widget = row.getString("chat_widget_config");
    return new Chatbot(
        row.getString("id"),
        row.getString("organization_id"),
        row.getLong("visible_from"),
        Json.stored(row.getString("chatbot")),
        widget == null ? null : Json.stored(widget));
  }
}
