package ai.okchat.sandbox.chatbot;

import ai.okchat.sandbox.http.ApiError;
import ai.okchat.sandbox.http.Call;
import ai.okchat.sandbox.http.Endpoint;
import ai.okchat.sandbox.http.EndpointHandler;
import ai.okchat.sandbox.http.Reply;
import ai.okchat.sandbox.json.Json;
import ai.okchat.sandbox.store.Avatars;
import ai.okchat.sandbox.store.Chatbot;
import ai.okchat.sandbox.store.Chatbots;
import ai.okchat.sandbox.switches.LiveSwitches;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Handles the endpoints of avatar, voice agent and chat widget. */
public final class AppearanceEndpoints {
  /** Path prefix of the avatars, which need no key. */
  public static final String AVATAR_PATH = "/storage/v1/object/public/chatbot/";

  private static final Map<String, String> IMAGE_TYPES =
      Map.of(
          "jpg", "image/jpeg",
          "jpeg", "image/jpeg",
          "png", "image/png",
          "gif", "image/gif",
          "webp", "image/webp",
          "svg", "image/svg+xml");

  private final Chatbots chatbots;
  private final OwnedChatbots owned;
  private final Avatars avatars;
  private final LiveSwitches switches;

  public AppearanceEndpoints(Chatbots chatbots, Avatars avatars, LiveSwitches switches) {
    this.chatbots = chatbots;
    this.owned = new OwnedChatbots(chatbots);
    this.avatars = avatars;
    this.switches = switches;
  }

  public Map<Endpoint, EndpointHandler> handlers() {
    return Map.of(
        Endpoint.UPDATE_AVATAR, this::avatar,
        Endpoint.UPDATE_VOICE_AGENT, this::voiceAgent,
        Endpoint.UPDATE_CHAT_WIDGET, this::chatWidget);
  }

  /** Stores the avatar under a new link, and writes the link to {@code settings.avatar}. */
  private Reply avatar(Call call) {
    var id = owned.require(call).id();
    var file = call.file("avatar");
    var mediaType = IMAGE_TYPES.get(file.extension());
    if (mediaType == null) {
      throw ApiError.badRequest("avatar", "must be a file of type jpg, png, gif, webp or svg");
    }
    var path = id + "/" + UUID.randomUUID() + "." + file.extension();
    avatars.add(id, path, new Avatars.Image(mediaType, file.content()));
    var url = call.baseUrl() + AVATAR_PATH + path;
    var bot = update(id, current -> current.withForm(ChatbotForms.withAvatar(current.form(), url)));
    var response = Json.object().put("message", "Avatar updated successfully");
    response.set("chatbot", bot.form());
    return Reply.ok(response);
  }

  /** Replaces the whole configuration. {@code agentId} may differ from the path (Q10). */
  private Reply voiceAgent(Call call) {
    var id = owned.require(call).id();
    var body = call.body(ChatbotShapes.VOICE_AGENT);
    update(
        id,
        current -> {
          var form = current.form().deepCopy();
          form.set("voice_widget_config", body);
          return current.withForm(form);
        });
    var response = Json.object().put("message", "Voice widget config updated successfully");
    response.set("voice_widget_config", body);
    return Reply.ok(response);
  }

  /** Stores the widget; no endpoint returns it, unless a switch selects the snippet (Q9). */
  private Reply chatWidget(Call call) {
    var id = owned.require(call).id();
    var body = call.body(ChatbotShapes.CHAT_WIDGET);
    var intoSnippet = switches.now().widgetWritesSnippet();
    update(
        id,
        current ->
            intoSnippet
                ? current.withWidget(body).withForm(ChatbotForms.withSnippet(current.form(), body))
                : current.withWidget(body));
    var response = Json.object().put("message", "Chat widget config updated successfully");
    response.set("chat_widget_config", body);
    return Reply.ok(response);
  }

  private Chatbot update(String id, UnaryOperator<Chatbot> change) {
    return chatbots.update(id, change).orElseThrow(OwnedChatbots::notFound);
  }
}
