package ai.okchat.sandbox.store;

import ai.okchat.sandbox.json.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Stores sessions and their messages, each as the JSON that the API returns. */
public final class Conversations {
  private static final String GET_FORM = "json_remove(session, '$.state')";

  private final Database database;

  public Conversations(Database database) {
    this.database = database;
  }

  /** The owner of a session. The client chooses its token, which may be null. */
  public record Party(String chatbotId, String platform, @Nullable String callerToken) {}

  /** One question with its answer. The message objects get the ID of the session. */
  public record Turn(ObjectNode question, ObjectNode answer) {}

  /** The rows of one page, counted from 0. */
  public record Range(int limit, long offset) {}

  /** The JSON items of one page, and the number of all items. */
  public record Page(List<String> items, int total) {}

  /** Changes the session of a turn. */
  @FunctionalInterface
  public interface SessionUpdate {
    ObjectNode apply(ObjectNode session);
  }

  /** Appends a turn to the session of the party; the first turn creates it. */
  public void append(
      Party party, Supplier<ObjectNode> newSession, Turn turn, SessionUpdate update) {
    database.change(
        handle -> {
          var session =
              find(handle, party).orElseGet(() -> insert(handle, party, newSession.get()));
          var id = session.get("id").asText();
          List.of(turn.question(), turn.answer())
              .forEach(
                  message ->
                      handle.execute(
                          "INSERT INTO messages (session_id, message) VALUES (?, ?)",
                          id,
                          Json.text(message.deepCopy().put("session_id", id))));
          handle.execute(
              "UPDATE sessions SET session = ? WHERE id = ?", Json.text(update.apply(session)), id);
        });
  }

  /** Returns the JSON of one session, 14 keys. */
  public Optional<String> find(String chatbotId, String sessionId) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT " + GET_FORM + " FROM sessions WHERE chatbot_id = ? AND id = ?")
                .bind(0, chatbotId)
                .bind(1, sessionId)
                .mapTo(String.class)
                .findOne());
  }

  /** Returns the JSON of sessions, 15 keys, newest first. */
  public Page sessions(String chatbotId, Optional<String> state, Range range) {
    return page(
        "session",
        "sessions WHERE chatbot_id = ? AND (? = '' OR state = ?)",
        "DESC",
        range,
        List.of(chatbotId, state.orElse(""), state.orElse("")));
  }

  /** Returns the JSON of messages, oldest first. */
  public Page messages(String sessionId, Range range) {
    return page("message", "messages WHERE session_id = ?", "ASC", range, List.of(sessionId));
  }

  private Page page(String column, String from, String order, Range range, List<String> arguments) {
    return database.read(
        handle -> {
          var total =
              handle
                  .select("SELECT count(*) FROM " + from, arguments.toArray())
                  .mapTo(Integer.class)
                  .one();
          var items =
              handle
                  .select(
                      "SELECT %s FROM %s ORDER BY seq %s LIMIT %d OFFSET %d"
                          .formatted(column, from, order, range.limit(), range.offset()),
                      arguments.toArray())
                  .mapTo(String.class)
                  .list();
          return new Page(items, total);
        });
  }

  private static Optional<ObjectNode> find(Handle handle, Party party) {
    return handle
        .select(
            "SELECT session FROM sessions"
                + " WHERE chatbot_id = ? AND platform = ? AND caller_token = ?",
            party.chatbotId(),
            party.platform(),
            party.callerToken())
        .mapTo(String.class)
        .findOne()
        .map(Json::stored);
  }

  private static ObjectNode insert(Handle handle, Party party, ObjectNode session) {
    handle.execute(
        "INSERT INTO sessions (id, chatbot_id, caller_token, platform, state, session)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        session.get("id").asText(),
        party.chatbotId(),
        party.callerToken(),
        party.platform(),
        session.get("state").asText(),
        Json.text(session));
    return session;
  }
}
