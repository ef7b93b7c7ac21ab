package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.operator.okchat.Bot;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The changes that would make a bot match its spec; nothing to do where they are all empty. Pure.
 *
 * @param update differing fields that the update call sets
 * @param voiceAgent differing fields that the voice agent call sets
 * @param avatar whether the avatar is to be sent
 * @param chatWidget whether the chat widget is to be sent
 */
record Plan(
    List<Difference> update, List<Difference> voiceAgent, boolean avatar, boolean chatWidget) {

  static final String AVATAR = "settings.avatar";
  static final String CHAT_WIDGET = "chat_widget_config";

  /**
   * @param status what was sent before, of that which can not be read back
   * @param ignored fields that are left to the dashboard
   */
  static Plan of(Desired desired, Bot observed, ChatbotStatus status, List<String> ignored) {
    var fields = observed.fields();
    var all = Difference.between(FieldPath.without(desired.comparable(), ignored), fields);
    return new Plan(
        all.stream().filter(it -> !isVoice(it)).toList(),
        all.stream().filter(Plan::isVoice).toList(),
        !ignored.contains(AVATAR) && avatarDiffers(desired, fields, status),
        desired
            .chatWidgetDigest()
            .filter(digest -> !digest.equals(status.chatWidgetDigest()))
            .isPresent());
  }

  /** What a bot that was just created still lacks: all that has a call of its own. */
  static Plan afterCreate(Desired desired, List<String> ignored) {
    var wanted = FieldPath.without(desired.comparable(), ignored);
    return new Plan(
        List.of(),
        Difference.between(wanted, desired.bot()),
        !ignored.contains(AVATAR) && desired.avatar().isPresent(),
        desired.chatWidget().isPresent());
  }

  boolean isEmpty() {
    return update.isEmpty() && voiceAgent.isEmpty() && !avatar && !chatWidget;
  }

  /** All differences that can be seen in the backend; the chat widget can not. */
  List<Difference> visible() {
    var visible = new ArrayList<>(update);
    visible.addAll(voiceAgent);
    return List.copyOf(visible);
  }

  /** The names of all that differs, for people. */
  List<String> fieldNames() {
    var names = new ArrayList<String>();
    visible().forEach(it -> names.add(it.path()));
    if (avatar) {
      names.add(AVATAR);
    }
    if (chatWidget) {
      names.add(CHAT_WIDGET);
    }
    return List.copyOf(names);
  }

  /**
   * The body of the update: each top-level field that differs. Settings go whole, since the backend
   * replaces them whole, and so with all that is in them already.
   */
  ObjectNode updateBody(Desired desired, Bot observed, List<String> ignored) {
    var wanted = FieldPath.without(desired.bot(), ignored);
    var body = wanted.objectNode();
    for (var difference : update) {
      var field = difference.path().split("\\.", 2)[0];
      if (!body.has(field)) {
        body.set(field, merged(observed.fields().get(field), wanted.get(field)));
      }
    }
    return body;
  }

  private static JsonNode merged(@Nullable JsonNode observed, JsonNode wanted) {
    return wanted instanceof ObjectNode object ? Difference.merge(observed, object) : wanted;
  }

  private static boolean isVoice(Difference difference) {
    return difference.path().startsWith(Desired.VOICE + ".");
  }

  private static boolean avatarDiffers(Desired desired, ObjectNode fields, ChatbotStatus status) {
    return desired.avatar().isPresent()
        && (!desired.avatar().get().digest().equals(status.avatarDigest())
            || fields.path(Desired.SETTINGS).path("avatar").asText("").isEmpty());
  }
}
