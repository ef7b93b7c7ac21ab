package ai.okchat.planning;

import ai.okchat.api.v1alpha1.ChatbotSpec;
import ai.okchat.api.v1alpha1.ChatbotStatus;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bot that the spec and its inputs ask for, with the field names of the API. It has no field
 * that the spec omits.
 *
 * @param bot body of a create without its slug: name, description, is_public, personality_config,
 *     settings
 * @param voiceAgent the managed part of {@code voice_widget_config}, without agentId
 * @param chatWidget body of the chat widget call
 * @param digest of everything that is sent: each managed field, prompt, avatar ({@link
 *     FieldDigests})
 */
public record DesiredBot(
    ObjectNode bot,
    Optional<ObjectNode> voiceAgent,
    Optional<ObjectNode> chatWidget,
    Optional<AvatarSource> avatar,
    String digest,
    String promptDigest) {

  public static final String VOICE = "voice_widget_config";
  public static final String SETTINGS = "settings";

  public static DesiredBot of(ChatbotSpec spec, ResolvedInputs inputs) {
    var promptDigest = Digest.of(inputs.prompt());
    var bot = bot(spec, inputs.prompt());
    var voiceAgent = Optional.ofNullable(spec.voiceAgent()).map(ApiMapping::voiceAgent);
    var chatWidget = Optional.ofNullable(spec.chatWidget()).map(ApiMapping::chatWidget);
    var sent = comparable(bot, voiceAgent);
    sent.withObject("/" + SETTINGS).put("prompt", promptDigest);
    return new DesiredBot(
        bot,
        voiceAgent,
        chatWidget,
        inputs.avatar(),
        digest(sent, chatWidget, inputs.avatar(), spec.ignoreFields()),
        promptDigest);
  }

  /** Returns whether each of these inputs was applied, by the status. */
  public boolean isApplied(@Nullable ChatbotStatus status) {
    return status != null && FieldDigests.areApplied(digest, status.appliedDigest());
  }

  /** Returns the fields that can be compared with a listed bot. */
  public ObjectNode comparable() {
    return comparable(bot, voiceAgent);
  }

  private static ObjectNode comparable(ObjectNode bot, Optional<ObjectNode> voiceAgent) {
    var fields = bot.deepCopy();
    voiceAgent.ifPresent(voice -> fields.set(VOICE, voice.deepCopy()));
    return fields;
  }

  /** Returns the digest of the chat widget, which can be written but not read back. */
  public Optional<String> chatWidgetDigest() {
    return chatWidget.map(Digest::of);
  }

  /**
   * Returns the digest of exactly the sent fields. A change of a policy, of {@code suspend} or of
   * an annotation is no edit, nor is a removed field: none of them overwrites drift that is only
   * reported.
   */
  private static String digest(
      ObjectNode sent,
      Optional<ObjectNode> chatWidget,
      Optional<AvatarSource> avatar,
      List<String> ignored) {
    var all = FieldPath.without(sent, ignored);
    chatWidget.ifPresent(widget -> all.put(Plan.CHAT_WIDGET, Digest.of(widget)));
    avatar
        .filter(_ -> !ignored.contains(Plan.AVATAR))
        .ifPresent(source -> all.put(Plan.AVATAR, source.sourceDigest()));
    return FieldDigests.of(all);
  }

  private static ObjectNode bot(ChatbotSpec spec, String prompt) {
    var bot = JsonNodeFactory.instance.objectNode();
    bot.put("name", spec.name());
    put(bot, "description", spec.description());
    put(bot, "is_public", spec.publiclyReachable());
    if (spec.personality() != null) {
      bot.set("personality_config", ApiMapping.personality(spec.personality()));
    }
    bot.set(SETTINGS, settings(spec, prompt));
    return bot;
  }

  private static ObjectNode settings(ChatbotSpec spec, String prompt) {
    var settings = JsonNodeFactory.instance.objectNode();
    put(settings, "greeting", spec.greeting());
    put(settings, "isRequestUserInfoEnabled", spec.requestUserInfo());
    put(settings, "isToolEnabled", spec.toolsEnabled());
    put(settings, "model", spec.model());
    settings.put("prompt", prompt);
    if (spec.snippet() != null) {
      settings.set("snippet", ApiMapping.snippet(spec.snippet()));
    }
    return settings;
  }

  private static void put(ObjectNode into, String name, @Nullable String value) {
    if (value != null) {
      into.put(name, value);
    }
  }

  private static void put(ObjectNode into, String name, @Nullable Boolean value) {
    if (value != null) {
      into.put(name, value);
    }
  }

  /** Returns {@link #bot} with the slug, which only a create may have. */
  public ObjectNode createBody(String slug) {
    return bot.deepCopy().put("slug", slug);
  }

  /** Omits the prompt, which must not reach a log. */
  @Override
  public String toString() {
    return "DesiredBot[" + digest + "]";
  }
}
