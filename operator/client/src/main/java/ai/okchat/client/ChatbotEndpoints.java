package ai.okchat.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The endpoints for bots and their appearance (SPEC 2.2 to 2.9). Paths use the plural for all bots
 * and the singular for one bot (Q1).
 */
final class ChatbotEndpoints {
  private static final String ALL = "api/external/chatbots";
  private static final String ONE = "api/external/chatbot";
  private static final String ID = "chatbot";

  private final HttpExchange http;

  ChatbotEndpoints(HttpExchange http) {
    this.http = http;
  }

  List<Bot> list(UnaryOperator<Bot> kept) {
    return http.send(
        http.call("list chatbots").path(ALL).scope(CallScope.LIST).get(),
        response -> ChatbotList.read(response, kept));
  }

  Bot create(ObjectNode body) {
    var slug = JsonFields.textOrNull(body, "slug");
    var call = http.call("create chatbot").path(ALL);
    if (slug != null) {
      call.about("slug " + slug);
    }
    return http.send(call.post(new JsonContent(body)), ChatbotEndpoints::bot);
  }

  Bot update(String id, ObjectNode body) {
    var call = http.call("update chatbot").path(ALL).query("id", ID, id);
    return http.send(call.patch(new JsonContent(body)), response -> bot(response, id));
  }

  Optional<Bot> get(String id) {
    return http.find(one("get chatbot", id).get(), response -> bot(response, id));
  }

  boolean delete(String id) {
    return http.find(one("delete chatbot", id).delete(), ApiResponse::acknowledged).isPresent();
  }

  Bot updateAvatar(String id, Upload picture) {
    var call = one("update avatar", id).path("update-avatar");
    return http.send(
        call.patch(new FormContent().file("avatar", picture)), response -> bot(response, id));
  }

  ObjectNode updateVoiceAgent(String id, ObjectNode config) {
    var call = one("update voice agent", id).path("voice-agent").patch(new JsonContent(config));
    return http.send(call, response -> JsonFields.object(response.object(), "voice_widget_config"));
  }

  ObjectNode updateChatWidget(String id, ObjectNode config) {
    var call = one("update chat widget", id).path("chat-widget").patch(new JsonContent(config));
    return http.send(call, response -> JsonFields.object(response.object(), "chat_widget_config"));
  }

  private ApiCallBuilder one(String action, String id) {
    return http.call(action).path(ONE).path(ID, id);
  }

  private static Bot bot(ApiResponse response) throws IOException {
    return Bot.of(JsonFields.object(response.object(), "chatbot"));
  }

  /** Reads a bot, and rejects a response about another bot than the requested one. */
  private static Bot bot(ApiResponse response, String id) throws IOException {
    var bot = bot(response);
    if (!bot.id().equalsIgnoreCase(id)) {
      throw UnusableResponseException.shape("is about another chatbot");
    }
    return bot;
  }
}
