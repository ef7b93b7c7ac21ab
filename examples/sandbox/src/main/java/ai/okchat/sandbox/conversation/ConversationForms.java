package ai.okchat.sandbox.conversation;

import ai.okchat.sandbox.json.Json;
import ai.okchat.sandbox.store.Conversations.Party;
import ai.okchat.sandbox.store.Timestamps;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.UUID;

/** Builds the JSON forms of sessions and messages. Pure. */
final class ConversationForms {
  private ConversationForms() {}

  /**
   * Returns a new session, 15 keys. The token of the client is {@code sns_user_id}; {@code
   * session_token} stays null (Q13).
   */
  static ObjectNode session(Party party, Instant now) {
    var time = Timestamps.format(now);
    var session =
        Json.object()
            .put("active", true)
            .put("chatbot_id", party.chatbotId())
            .put("created_at", time)
            .put("id", UUID.randomUUID().toString())
            .put("is_human_mode", false)
            .putNull("last_message")
            .put("migrated_data", false)
            .put("platform", party.platform())
            .putNull("session_token")
            .put("sns_user_id", party.callerToken())
            .put("state", "in_progress")
            .put("updated_at", time)
            .putNull("user_id")
            .putNull("voice_path");
    session.putObject("metadata").put("anonymous", true);
    return session;
  }

  /**
   * Updates {@code last_message}: the user's text for web, null for voice, and the bot's message
   * for messengers. The time is that of the question.
   */
  static ObjectNode touched(ObjectNode session, ObjectNode question, ObjectNode answer) {
    var touched = session.deepCopy();
    touched.set("updated_at", question.get("created_at"));
    switch (session.get("platform").asText()) {
      case "web" -> touched.set("last_message", question.get("content"));
      case "voice" -> touched.putNull("last_message");
      default ->
          touched.set("last_message", answer.deepCopy().retain("content", "id", "sender_type"));
    }
    return touched;
  }

  /** Returns the message of a user, 14 keys; the session ID is set later. */
  static ObjectNode question(String text, Instant at) {
    var message = message("user", text, at).putNull("model").putNull("provider");
    message.putObject("metadata");
    return message.putNull("tool_calls").putNull("tool_results");
  }

  static ObjectNode answer(String text, String model, String messageId, Instant at) {
    var message = message("bot", text, at).put("model", model).put("provider", "openai");
    message.putObject("metadata").put("mid", messageId);
    message.putArray("tool_calls");
    message.putArray("tool_results");
    return message;
  }

  private static ObjectNode message(String sender, String text, Instant at) {
    return Json.object()
        .putNull("attachments")
        .put("content", text)
        .put("created_at", Timestamps.format(at))
        .put("id", UUID.randomUUID().toString())
        .put("migrated_data", false)
        .put("sender_type", sender)
        .putNull("session_id")
        .putNull("session_token")
        .put("tokens_used", 0);
  }
}
