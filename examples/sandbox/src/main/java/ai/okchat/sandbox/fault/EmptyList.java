package ai.okchat.sandbox.fault;

import ai.okchat.sandbox.http.Endpoint;
import ai.okchat.sandbox.http.Reply;
import ai.okchat.sandbox.json.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Removes the items from a response and keeps its shape. */
public final class EmptyList {
  static final Set<Endpoint> ENDPOINTS =
      EnumSet.of(
          Endpoint.LIST_CHATBOTS,
          Endpoint.LIST_KNOWLEDGE,
          Endpoint.QUERY_KNOWLEDGE,
          Endpoint.LIST_CONVERSATIONS,
          Endpoint.LIST_MESSAGES);

  private static final List<String> COUNTS = List.of("totalCount", "totalPages", "total_docs");

  private EmptyList() {}

  public static Reply of(Reply full) {
    if (full.status() != 200 || full.parts().size() != 1) {
      return full;
    }
    try {
      return Reply.ok(emptied(Json.parse(full.parts().getFirst())));
    } catch (JsonProcessingException e) {
      return full; // A web page has no items.
    }
  }

  private static JsonNode emptied(JsonNode node) {
    return switch (node) {
      case ArrayNode _ -> Json.array();
      case ObjectNode object -> emptiedFields(object);
      default -> node;
    };
  }

  private static ObjectNode emptiedFields(ObjectNode object) {
    var emptied = Json.object();
    object.properties().forEach(field -> emptied.set(field.getKey(), emptied(field.getValue())));
    COUNTS.stream().filter(emptied::has).forEach(count -> emptied.put(count, 0));
    return emptied;
  }
}
