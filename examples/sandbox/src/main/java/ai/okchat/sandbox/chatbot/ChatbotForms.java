package ai.okchat.sandbox.chatbot;

import ai.okchat.sandbox.http.ApiError;
import ai.okchat.sandbox.json.DeepMerge;
import ai.okchat.sandbox.json.Json;
import ai.okchat.sandbox.store.Chatbot;
import ai.okchat.sandbox.store.Timestamps;
import ai.okchat.sandbox.switches.SettingsUpdate;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Creates, changes and shortens the JSON forms of a bot. Pure. */
public final class ChatbotForms {
  private static final List<String> EDITABLE =
      List.of("name", "description", "is_public", "personality_config");

  private static final List<String> OLD_FORM =
      List.of(
          "active",
          "created_at",
          "description",
          "id",
          "is_public",
          "name",
          "openai_api_key",
          "organization_id",
          "personality_config",
          "settings",
          "slug",
          "updated_at");

  private ChatbotForms() {}

  /** Returns the full form, 20 keys, of a new bot from a checked body. */
  static ObjectNode created(String organizationId, ObjectNode body, Instant now) {
    var name = body.path("name").asText();
    if (name.isBlank()) {
      throw ApiError.badRequest("name", "required");
    }
    var form = emptyForm();
    EDITABLE.stream().filter(body::has).forEach(field -> form.set(field, body.get(field)));
    if (body.has("settings")) {
      form.set("settings", body.get("settings"));
    }
    var time = Timestamps.format(now);
    return form.put("id", UUID.randomUUID().toString())
        .put("organization_id", organizationId)
        .put("slug", body.has("slug") ? Slugs.checked(body.get("slug").asText()) : Slugs.from(name))
        .put("created_at", time)
        .put("updated_at", time);
  }

  private static ObjectNode emptyForm() {
    var form = Json.object().put("active", true).put("is_public", false).putNull("description");
    form.putObject("personality_config");
    form.putObject("settings");
    return form.put("migrated_data", false)
        .putNull("docs_metadata")
        .putNull("enabled_plugins")
        .putNull("managers")
        .putNull("openai_api_key")
        .putNull("suggestions")
        .putNull("v1_chatbot_id")
        .putNull("version_id")
        .putNull("voice_widget_config");
  }

  /**
   * Patches fields one by one, and settings by the switch. Update does not accept the slug, and
   * {@code updated_at} does not change (Q7).
   */
  static ObjectNode updated(ObjectNode form, ObjectNode body, SettingsUpdate settingsUpdate) {
    if (body.has("name") && body.get("name").asText().isBlank()) {
      throw ApiError.badRequest("name", "must not be blank");
    }
    var updated = form.deepCopy();
    EDITABLE.stream().filter(body::has).forEach(field -> updated.set(field, body.get(field)));
    if (body.get("settings") instanceof ObjectNode settings) {
      updated.set(
          "settings",
          settingsUpdate == SettingsUpdate.REPLACE
              ? settings
              : DeepMerge.merge((ObjectNode) form.get("settings"), settings));
    }
    return updated;
  }

  static ObjectNode withAvatar(ObjectNode form, String url) {
    return DeepMerge.merge(form, settings("avatar", Json.object().textNode(url)));
  }

  static ObjectNode withSnippet(ObjectNode form, ObjectNode widget) {
    var snippet = widget.deepCopy();
    snippet.remove("language");
    return DeepMerge.merge(form, settings("snippet", snippet));
  }

  private static ObjectNode settings(String name, JsonNode value) {
    var change = Json.object();
    change.putObject("settings").set(name, value);
    return change;
  }

  /** Returns the form with 12 keys that examples of the knowledge endpoints show by mistake. */
  public static ObjectNode oldForm(Chatbot bot) {
    return bot.form().deepCopy().retain(OLD_FORM);
  }
}
