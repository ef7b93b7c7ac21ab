package ai.okchat.operator.okchat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * SPEC 2.15 to 2.17: what was talked about. The bodies that the API documents there are void (Q5).
 */
final class ConversationEndpoints {
  private final HttpExchange http;

  ConversationEndpoints(HttpExchange http) {
    this.http = http;
  }

  Optional<Conversation> get(String botId, String sessionId) {
    var call = conversations("get conversation", botId).path("conversation", sessionId);
    return http.find(
        call.get(), answer -> Conversation.of(Shape.object(answer.object(), "session")));
  }

  Page<Conversation> list(String botId, int page, int limit, @Nullable String state) {
    var call = paged(conversations("list conversations", botId), page, limit);
    return http.send(
        call.query("state", state).get(), answer -> page(answer.object(), Conversation::of));
  }

  Page<Message> messages(String botId, String sessionId, int page, int limit) {
    var call =
        conversations("list messages", botId).path("conversation", sessionId).path("messages");
    return http.send(paged(call, page, limit).get(), answer -> page(answer.object(), Message::of));
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

  private static <T> Page<T> page(ObjectNode answer, Shape.Element<T> element)
      throws UnusableAnswerException {
    var metadata = Shape.object(answer, "metadata");
    return new Page<>(
        Shape.list(answer, "data", element),
        Shape.count(metadata, "currentPage"),
        Shape.count(metadata, "pageSize"),
        Shape.count(metadata, "totalCount"),
        Shape.count(metadata, "totalPages"));
  }
}
