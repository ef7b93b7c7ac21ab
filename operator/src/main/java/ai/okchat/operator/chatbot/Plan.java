package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.operator.okchat.Bot;
import ai.okchat.operator.status.Digest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The changes that would make a bot match its spec; nothing to do where they are all empty. Pure.
 *
 * @param update differing fields that the update call sets
 * @param voiceAgent differing fields that the voice agent call sets
 * @param avatar the avatar, where it is to be sent, by its digest
 * @param chatWidget the chat widget, where it is to be sent, by its digest
 */
record Plan(
    List<Difference> update,
    List<Difference> voiceAgent,
    List<Difference> avatar,
    List<Difference> chatWidget) {

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
        avatar(desired, ignored)
            .filter(digest -> !digest.equals(status.avatarDigest()) || picture(fields).isEmpty())
            .map(digest -> unequal(AVATAR, digest, picture(fields).orElse(null)))
            .toList(),
        desired.chatWidgetDigest().stream()
            .filter(digest -> !digest.equals(status.chatWidgetDigest()))
            .map(digest -> unequal(CHAT_WIDGET, digest, null))
            .toList());
  }

  /** What a bot that was just created still lacks: all that has a call of its own. */
  static Plan afterCreate(Desired desired, List<String> ignored) {
    var wanted = FieldPath.without(desired.comparable(), ignored);
    return new Plan(
        List.of(),
        Difference.between(wanted, desired.bot()),
        avatar(desired, ignored).map(digest -> unequal(AVATAR, digest, null)).toList(),
        desired.chatWidgetDigest().stream()
            .map(digest -> unequal(CHAT_WIDGET, digest, null))
            .toList());
  }

  /**
   * Whether the avatar was sent before and a user asked for it again.
   *
   * @param status what was sent before
   */
  boolean isAvatarRequested(Desired desired, ChatbotStatus status) {
    return !avatar.isEmpty()
        && status.avatarDigest() != null
        && desired
            .avatar()
            .filter(wanted -> !wanted.digest().equals(status.avatarDigest()))
            .isPresent();
  }

  /** The avatar and nothing else of this plan. */
  Plan avatarOnly() {
    return new Plan(List.of(), List.of(), avatar, List.of());
  }

  boolean isEmpty() {
    return update.isEmpty() && voiceAgent.isEmpty() && avatar.isEmpty() && chatWidget.isEmpty();
  }

  /** All that differs, whichever call would mend it. */
  List<Difference> differences() {
    return Stream.of(update, voiceAgent, avatar, chatWidget).flatMap(List::stream).toList();
  }

  /** The names of all that differs, for people. */
  List<String> fieldNames() {
    return differences().stream().map(Difference::path).toList();
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

  private static Stream<String> avatar(Desired desired, List<String> ignored) {
    return desired.avatar().stream()
        .map(AvatarSource::digest)
        .filter(_ -> !ignored.contains(AVATAR));
  }

  /** Where the backend shows a picture; whether it is ours can not be seen. */
  private static Optional<JsonNode> picture(ObjectNode fields) {
    return Optional.of(fields.path(Desired.SETTINGS).path("avatar"))
        .filter(it -> !it.asText("").isEmpty());
  }

  /** Of what can not be compared with the backend's, the digest stands for the value. */
  private static Difference unequal(String path, String digest, @Nullable JsonNode observed) {
    return new Difference(path, TextNode.valueOf(Digest.brief(digest)), observed);
  }
}
