package ai.okchat.sandbox.chatbot;

import ai.okchat.sandbox.http.Call;
import ai.okchat.sandbox.http.Deletions;
import ai.okchat.sandbox.http.Endpoint;
import ai.okchat.sandbox.http.EndpointHandler;
import ai.okchat.sandbox.http.Reply;
import ai.okchat.sandbox.json.Json;
import ai.okchat.sandbox.store.Chatbot;
import ai.okchat.sandbox.store.Chatbots;
import ai.okchat.sandbox.switches.LiveSwitches;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** Handles the endpoints that list, create, update, get and delete chatbots. */
public final class ChatbotEndpoints {
  private final Chatbots chatbots;
  private final NewChatbots newChatbots;
  private final ChatbotRemoval removal;
  private final LiveSwitches switches;
  private final Clock clock;
  private final OwnedChatbots owned;

  public ChatbotEndpoints(
      Chatbots chatbots,
      NewChatbots newChatbots,
      ChatbotRemoval removal,
      LiveSwitches switches,
      Clock clock) {
    this.chatbots = chatbots;
    this.newChatbots = newChatbots;
    this.removal = removal;
    this.switches = switches;
    this.clock = clock;
    this.owned = new OwnedChatbots(chatbots);
  }

  public Map<Endpoint, EndpointHandler> handlers() {
    return Map.of(
        Endpoint.LIST_CHATBOTS, this::list,
        Endpoint.CREATE_CHATBOT, this::create,
        Endpoint.UPDATE_CHATBOT, this::update,
        Endpoint.GET_CHATBOT, this::get,
        Endpoint.DELETE_CHATBOT, this::delete);
  }

  private Reply list(Call call) {
    var response = Json.object();
    var list = response.putArray("chatbots");
    chatbots
        .listForms(call.organization().id(), clock.millis())
        .forEach(form -> list.addRawValue(new RawValue(form)));
    return Reply.ok(response);
  }

  private Reply create(Call call) {
    var bot = newChatbots.byApi(call.organization(), call.body(ChatbotShapes.CHATBOT));
    return Reply.json(201, response(bot, "Chatbot created successfully"));
  }

  /** Updates a bot. The ID is a query value, and the path is that of the list (Q1, Q2). */
  private Reply update(Call call) {
    var bot = owned.require(call, call.requiredQuery("id"));
    var body = call.body(ChatbotShapes.CHATBOT);
    var updated =
        chatbots.update(
            bot.id(),
            current ->
                current.withForm(
                    ChatbotForms.updated(current.form(), body, switches.now().settingsMerge())));
    return Reply.ok(response(updated, "Chatbot updated successfully"));
  }

  private Reply get(Call call) {
    var bot = owned.require(call);
    if (bot.visibleFrom() > clock.millis()) {
      throw OwnedChatbots.notFound();
    }
    var response = Json.object();
    response.set("chatbot", bot.form());
    return Reply.ok(response);
  }

  private Reply delete(Call call) {
    removal.delete(owned.require(call).id());
    return Deletions.answer(switches.now(), "Chatbot deleted successfully");
  }

  private static ObjectNode response(Optional<Chatbot> bot, String message) {
    return response(bot.orElseThrow(OwnedChatbots::notFound), message);
  }

  private static ObjectNode response(Chatbot bot, String message) {
    var response = Json.object().put("message", message);
    response.set("chatbot", bot.form());
    return response;
  }
}
