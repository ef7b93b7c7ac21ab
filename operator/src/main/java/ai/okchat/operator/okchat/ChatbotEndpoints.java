package ai.okchat.operator.okchat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** SPEC 2.2 to 2.9: bots and their looks. Plural for all of them, singular for one (Q1). */
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
        answer -> ChatbotList.read(answer, kept));
  }

  Bot create(ObjectNode body) {
    var slug = Shape.textOrNull(body, "slug");
    var call = http.call("create chatbot").path(ALL);
    if (slug != null) {
      call.about("slug " + slug);
    }
    return http.send(call.post(new JsonContent(body)), ChatbotEndpoints::bot);
  }

  Bot update(String id, ObjectNode body) {
    var call = http.call("update chatbot").path(ALL).query("id", ID, id);
    return http.send(call.patch(new JsonContent(body)), answer -> bot(answer, id));
  }

  Optional<Bot> get(String id) {
    return http.find(one("get chatbot", id).get(), answer -> bot(answer, id));
  }

  boolean delete(String id) {
    return http.find(one("delete chatbot", id).delete(), Answer::acknowledged).isPresent();
  }

  Bot updateAvatar(String id, Upload picture) {
    var call = one("update avatar", id).path("update-avatar");
    return http.send(
        call.patch(new FormContent().file("avatar", picture)), answer -> bot(answer, id));
  }

  ObjectNode updateVoiceAgent(String id, ObjectNode config) {
    var call = one("update voice agent", id).path("voice-agent").patch(new JsonContent(config));
    return http.send(call, answer -> Shape.object(answer.object(), "voice_widget_config"));
  }

  ObjectNode updateChatWidget(String id, ObjectNode config) {
    var call = one("update chat widget", id).path("chat-widget").patch(new JsonContent(config));
    return http.send(call, answer -> Shape.object(answer.object(), "chat_widget_config"));
  }

  private ApiCallBuilder one(String action, String id) {
    return http.call(action).path(ONE).path(ID, id);
  }

  private static Bot bot(Answer answer) throws IOException {
    return Bot.of(Shape.object(answer.object(), "chatbot"));
  }

  /** An answer about another bot than was asked for must not be acted on. */
  private static Bot bot(Answer answer, String id) throws IOException {
    var bot = bot(answer);
    if (!bot.id().equalsIgnoreCase(id)) {
      throw UnusableAnswerException.shape("is about another chatbot");
    }
    return bot;
  }
}
