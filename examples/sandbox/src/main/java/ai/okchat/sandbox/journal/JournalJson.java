package ai.okchat.sandbox.journal;

import ai.okchat.sandbox.json.Json;
import ai.okchat.sandbox.store.Timestamps;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes requests as {@code /sandbox/journal} returns them. */
public final class JournalJson {
  private JournalJson() {}

  public static ObjectNode write(Journal.Recorded call) {
    var entry = call.entry();
    var target = entry.target();
    var caller = entry.caller();
    var json =
        Json.object()
            .put("seq", call.seq())
            .put("at", Timestamps.format(entry.at()))
            .put("endpoint", target.endpoint())
            .put("method", target.method())
            .put("path", target.path())
            .put("query", target.query())
            .put("status", entry.status())
            .put("organization", caller.organization())
            .put("chatbotId", caller.chatbotId())
            .put("requestBytes", caller.requestBytes())
            .put("fault", caller.fault());
    json.set("body", body(entry));
    return json;
  }

  private static JsonNode body(JournalEntry entry) {
    var body = entry.body();
    try {
      return body == null ? NullNode.getInstance() : Json.parse(body);
    } catch (JsonProcessingException e) {
      return NullNode.getInstance();
    }
  }
}
