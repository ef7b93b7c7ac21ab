package ai.okchat.sandbox.dashboard;

import static io.javalin.http.HandlerType.DELETE;
import static io.javalin.http.HandlerType.GET;
import static io.javalin.http.HandlerType.PATCH;
import static io.javalin.http.HandlerType.POST;

import ai.okchat.sandbox.chatbot.ChatbotRemoval;
import ai.okchat.sandbox.chatbot.NewChatbots;
import ai.okchat.sandbox.http.ApiError;
import ai.okchat.sandbox.http.Reply;
import ai.okchat.sandbox.http.Shape;
import ai.okchat.sandbox.http.Shapes;
import ai.okchat.sandbox.json.DeepMerge;
import ai.okchat.sandbox.json.Json;
import ai.okchat.sandbox.store.Chatbot;
import ai.okchat.sandbox.store.Chatbots;
import ai.okchat.sandbox.store.Organization;
import ai.okchat.sandbox.store.Organizations;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Controls for the bots of every organization, as if from the dashboard. */
public final class ChatbotControls {
  private static final String ONE = "/sandbox/chatbots/{chatbotId}";
  private static final Set<String> FIXED = Set.of("id", "organization_id");
  private static final Shape NEW = Shapes.group(Map.of("organization", Shapes.TEXT));
  private static final Shape PATCH_SHAPE =
      Shapes.group(
          Map.of(
              "name",
              Shapes.TEXT,
              "slug",
              Shapes.TEXT,
              "settings",
              Shapes.OBJECT,
              "chat_widget_config",
              Shapes.OBJECT));

  private final Chatbots chatbots;
  private final NewChatbots newChatbots;
  private final ChatbotRemoval removal;
  private final Organizations organizations;
  private final Organization byDefault;

  public ChatbotControls(
      Chatbots chatbots,
      NewChatbots newChatbots,
      ChatbotRemoval removal,
      Organizations organizations,
      Organization byDefault) {
    this.chatbots = chatbots;
    this.newChatbots = newChatbots;
    this.removal = removal;
    this.organizations = organizations;
    this.byDefault = byDefault;
  }

  public List<ControlRoute> routes() {
    return List.of(
        new ControlRoute(GET, "/sandbox/chatbots", _ -> list()),
        new ControlRoute(POST, "/sandbox/chatbots", this::create),
        new ControlRoute(GET, ONE, this::get),
        new ControlRoute(PATCH, ONE, this::patch),
        new ControlRoute(DELETE, ONE, this::delete));
  }

  private Reply list() {
    var names = organizationNames();
    var response = Json.object();
    var list = response.putArray("chatbots");
    chatbots.all().forEach(bot -> list.add(view(bot, names)));
    return Reply.ok(response);
  }

  private Reply create(ControlRequest request) {
    var body = request.body(NEW);
    var named = body.remove("organization");
    var organization = named == null ? byDefault : organization(named.asText());
    var bot = newChatbots.byDashboard(organization, body);
    return Reply.json(201, view(bot, organizationNames()));
  }

  private Reply get(ControlRequest request) {
    var bot =
        chatbots.find(request.path("chatbotId")).orElseThrow(() -> ApiError.notFound("Chatbot"));
    return Reply.ok(view(bot, organizationNames()));
  }

  /** Merges a patch recursively; null removes a key of {@code settings}. */
  private Reply patch(ControlRequest request) {
    var body = request.body(PATCH_SHAPE);
    FIXED.stream().filter(body::has).findFirst().ifPresent(ChatbotControls::rejectChange);
    var id = request.path("chatbotId");
    if (body.has("slug") && isTaken(body.get("slug").asText(), id)) {
      throw ApiError.of(409, "slug: already in use");
    }
    var widget = body.remove("chat_widget_config");
    var bot =
        chatbots
            .update(id, current -> patched(current, body, widget))
            .orElseThrow(() -> ApiError.notFound("Chatbot"));
    return Reply.ok(view(bot, organizationNames()));
  }

  private static void rejectChange(String field) {
    throw ApiError.badRequest(field, "cannot be changed");
  }

  private static Chatbot patched(Chatbot bot, ObjectNode body, @Nullable JsonNode widget) {
    var form = DeepMerge.merge(bot.form(), body);
    withoutNulls(form.path("settings"));
    var changed = bot.withForm(form);
    return widget instanceof ObjectNode config ? changed.withWidget(config) : changed;
  }

  private static void withoutNulls(JsonNode settings) {
    if (settings instanceof ObjectNode object) {
      object.removeIf(JsonNode::isNull);
      object.forEach(ChatbotControls::withoutNulls);
    }
  }

  private boolean isTaken(String slug, String byOtherThan) {
    return chatbots.all().stream()
        .anyMatch(bot -> bot.slug().equals(slug) && !bot.id().equals(byOtherThan));
  }

  private Reply delete(ControlRequest request) {
    removal.delete(request.path("chatbotId"));
    return Reply.empty(204);
  }

  private Organization organization(String name) {
    return organizations
        .named(name)
        .orElseThrow(() -> ApiError.badRequest("organization", "there is none of that name"));
  }

  private Map<String, String> organizationNames() {
    return organizations.all().stream()
        .collect(Collectors.toMap(Organization::id, Organization::name));
  }

  private static ObjectNode view(Chatbot bot, Map<String, String> organizationNames) {
    var view = bot.form().deepCopy();
    view.put("organization", organizationNames.get(bot.organizationId()));
    view.set("chat_widget_config", bot.widget());
    return view;
  }
}
