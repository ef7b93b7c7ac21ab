package ai.okchat.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints for conversations and messages (SPEC 2.15 to 2.17). The request bodies that the API
 * documents for them are void (Q5).
 */
final class ConversationEndpoints {
  private final HttpExchange http;

  ConversationEndpoints(HttpExchange http) {
    this.http = http;
  }

  Optional<Conversation> get(String botId, String sessionId) {
    var call = conversations("get conversation", botId).path("conversation", sessionId);
    return http.find(
        call.get(), response -> Conversation.of(JsonFields.object(response.object(), "session")));
  }

  Page<Conversation> list(String botId, int page, int limit, @Nullable String state) {
    var call = paged(conversations("list conversations", botId), page, limit);
    return http.send(
        call.query("state", state).get(), response -> page(response.object(), Conversation::of));
  }

  Page<Message> messages(String botId, String sessionId, int page, int limit) {
    var call =
        conversations("list messages", botId).path("conversation", sessionId).path("messages");
    return http.send(
        paged(call, page, limit).get(), response -> page(response.object(), Message::of));
  }

  private ApiCallBuilder conversations(String action, String botId) {
    return http.call(action)
        .path("api/external/chatbot")
        .path("chatbot", botId)
        .path("conversations");
  }

  private static ApiCallBuilder paged(ApiCallBuilder call, int page, int limit) {
    return call.require(page >= 1, "pages count from 1")
        .require(limit >= 1, "the limit of a page must be at least 1")
        .query("page", Integer.toString(page))
        .query("limit", Integer.toString(limit));
  }

  private static <T> Page<T> page(ObjectNode response, JsonFields.Element<T> element)
      throws UnusableResponseException {
    var metadata = JsonFields.object(response, "metadata");
    return new Page<>(
        JsonFields.list(response, "data", element),
        JsonFields.count(metadata, "currentPage"),
        JsonFields.count(metadata, "pageSize"),
        JsonFields.count(metadata, "totalCount"),
        JsonFields.count(metadata, "totalPages"));
  }
}
