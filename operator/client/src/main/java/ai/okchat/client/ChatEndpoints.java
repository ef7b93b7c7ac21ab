package ai.okchat.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/** The chat endpoint (SPEC 2.14). */
final class ChatEndpoints {
  private static final Duration LONGEST_STREAM = Duration.ofMinutes(10);

  private final HttpExchange http;

  ChatEndpoints(HttpExchange http) {
    this.http = http;
  }

  ChatResponse chat(String botId, ChatRequest request) {
    return http.send(call("chat", botId, request, false), response -> read(response.object()));
  }

  ChatStream streamChat(String botId, ChatRequest request) {
    return http.stream(call("stream chat", botId, request, true), LONGEST_STREAM);
  }

  private ApiCall call(String action, String botId, ChatRequest request, boolean stream) {
    return http.call(action)
        .path("api/external/chatbot")
        .path("chatbot", botId)
        .path("chat")
        .require(!request.messages().isEmpty(), "it has no messages: the question goes last")
        .require(!request.sessionToken().isBlank(), "the session token must not be blank")
        .query("stream", Boolean.toString(stream))
        .post(new JsonContent(body(request)));
  }

  private static ObjectNode body(ChatRequest request) {
    var body = Json.MAPPER.createObjectNode();
    var messages = body.putArray("messages");
    for (var message : request.messages()) {
      messages.addObject().put("role", message.role()).put("content", message.content());
    }
    if (request.platform() != null) {
      body.put("platform", request.platform());
    }
    return body.put("sessionToken", request.sessionToken());
  }

  private static ChatResponse read(ObjectNode response) throws UnusableResponseException {
    return new ChatResponse(
        JsonFields.text(response, "output"), JsonFields.textOrNull(response, "finish_reason"));
  }
}
