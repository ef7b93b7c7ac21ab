package ai.okchat.planning;

import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.client.Bot;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The changes that make a bot match its spec; all lists are empty if nothing differs. Pure.
 *
 * @param update differing fields that the update request sets
 * @param voiceAgent differing fields that the voice agent request sets
 * @param avatar the avatar by its digest, if it has to be sent
 * @param chatWidget the chat widget by its digest, if it has to be sent
 */
public record Plan(
    List<Difference> update,
    List<Difference> voiceAgent,
    List<Difference> avatar,
    List<Difference> chatWidget) {

  public static final String AVATAR = "settings.avatar";
  public static final String CHAT_WIDGET = "chat_widget_config";

  /** The plan that sends nothing. */
  public static final Plan EMPTY = new Plan(List.of(), List.of(), List.of(), List.of());

  /**
   * Returns the plan for a bot that exists.
   *
   * @param status has the digests of the sent fields that cannot be read back
   * @param ignored fields that only the dashboard manages
   */
  public static Plan of(
      DesiredBot desired, Bot observed, ChatbotStatus status, List<String> ignored) {
    var fields = observed.fields();
    var all = Difference.between(FieldPath.without(desired.comparable(), ignored), fields);
    return new Plan(
        all.stream().filter(difference -> !isVoice(difference)).toList(),
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

  /** Returns the plan for a bot that was just created: the fields that a create cannot set. */
  public static Plan afterCreate(DesiredBot desired, List<String> ignored) {
    var managed = FieldPath.without(desired.comparable(), ignored);
    return new Plan(
        List.of(),
        Difference.between(managed, desired.bot()),
        avatar(desired, ignored).map(digest -> unequal(AVATAR, digest, null)).toList(),
        desired.chatWidgetDigest().stream()
            .map(digest -> unequal(CHAT_WIDGET, digest, null))
            .toList());
  }

  /**
   * Returns whether the avatar was sent before and a user requested it again.
   *
   * @param status has the digest of the sent avatar
   */
  public boolean isAvatarRequested(DesiredBot desired, ChatbotStatus status) {
    return !avatar.isEmpty()
        && status.avatarDigest() != null
        && desired
            .avatar()
            .filter(source -> !source.digest().equals(status.avatarDigest()))
            .isPresent();
  }

  /** Returns a plan with only the avatar of this one. */
  public Plan avatarOnly() {
    return new Plan(List.of(), List.of(), avatar, List.of());
  }

  public boolean isEmpty() {
    return update.isEmpty() && voiceAgent.isEmpty() && avatar.isEmpty() && chatWidget.isEmpty();
  }

  /** Returns the number of requests that change the bot: one for each list that is not empty. */
  public int calls() {
    return (int)
        Stream.of(update, voiceAgent, avatar, chatWidget).filter(list -> !list.isEmpty()).count();
  }

  /** Returns the differences of all requests. */
  public List<Difference> differences() {
    return Stream.of(update, voiceAgent, avatar, chatWidget).flatMap(List::stream).toList();
  }

  /** Returns the names of all differing fields, for users. */
  public List<String> fieldNames() {
    return differences().stream().map(Difference::path).toList();
  }

  /**
   * Returns the body of the update: each top-level field that differs. Settings are complete,
   * including their observed values, since the backend replaces all of them.
   */
  public ObjectNode updateBody(DesiredBot desired, Bot observed, List<String> ignored) {
    var managed = FieldPath.without(desired.bot(), ignored);
    var body = managed.objectNode();
    for (var difference : update) {
      var field = difference.path().split("\\.", 2)[0];
      if (!body.has(field)) {
        body.set(field, merged(observed.fields().get(field), managed.get(field)));
      }
    }
    return body;
  }

  private static JsonNode merged(@Nullable JsonNode observed, JsonNode desired) {
    return desired instanceof ObjectNode object ? Difference.merge(observed, object) : desired;
  }

  private static boolean isVoice(Difference difference) {
    return difference.path().startsWith(DesiredBot.VOICE + ".");
  }

  private static Stream<String> avatar(DesiredBot desired, List<String> ignored) {
    return desired.avatar().stream()
        .map(AvatarSource::digest)
        .filter(_ -> !ignored.contains(AVATAR));
  }

  /** Returns the picture that the backend shows, which may be from another client. */
  private static Optional<JsonNode> picture(ObjectNode fields) {
    return Optional.of(fields.path(DesiredBot.SETTINGS).path("avatar"))
        .filter(avatar -> !avatar.asText("").isEmpty());
  }

  /** Returns a difference with the digest of a value that cannot be compared with the backend. */
  private static Difference unequal(String path, String digest, @Nullable JsonNode observed) {
    return new Difference(path, TextNode.valueOf(Digest.brief(digest)), observed);
  }
}
