package ai.okchat.planning;

import ai.okchat.api.v1alpha1.ChatWidget;
import ai.okchat.api.v1alpha1.ChatbotSpec;
import ai.okchat.api.v1alpha1.Personality;
import ai.okchat.api.v1alpha1.Snippet;
import ai.okchat.api.v1alpha1.VoiceAgent;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One managed field of the spec, and where the API has it.
 *
 * @param spec dotted, as in a manifest
 * @param body which call carries it
 * @param pointer into the body of that call
 * @param value as YAML and JSON write it
 */
record SpecField(String spec, Body body, String pointer, String value) {

  /** The calls that set fields of a bot. */
  enum Body {
    BOT,
    VOICE_AGENT,
    CHAT_WIDGET
  }

  static final List<SpecField> ALL =
      List.of(
          bot("name", "/name", "\"Another name\""),
          bot("description", "/description", "\"Answers customers\""),
          bot("public", "/is_public", "true"),
          bot("personality.style", "/personality_config/style", "\"Friendly\""),
          bot("personality.tone", "/personality_config/tone", "\"Professional\""),
          bot("model", "/settings/model", "\"gpt-4o\""),
          bot("prompt", "/settings/prompt", "\"Another prompt\""),
          bot("greeting", "/settings/greeting", "\"Hello!\""),
          bot("requestUserInfo", "/settings/isRequestUserInfoEnabled", "true"),
          bot("toolsEnabled", "/settings/isToolEnabled", "false"),
          bot("snippet.header", "/settings/snippet/header", "\"Header\""),
          bot("snippet.logo", "/settings/snippet/logo", "\"https://a.example/l.png\""),
          bot("snippet.name", "/settings/snippet/name", "\"Assistant\""),
          bot("snippet.primaryColor", "/settings/snippet/primaryColor", "\"#4F46E5\""),
          bot("snippet.secondaryColor", "/settings/snippet/secondaryColor", "\"#10B981\""),
          bot("snippet.slogan", "/settings/snippet/slogan", "\"Ask me\""),
          widget("header", "\"Header\""),
          widget("language", "\"auto\""),
          widget("logo", "\"https://a.example/l.png\""),
          widget("name", "\"Assistant\""),
          widget("primaryColor", "\"#4F46E5\""),
          widget("secondaryColor", "\"#10B981\""),
          widget("slogan", "\"Ask me\""),
          voice("voice", "/voice", "\"shimmer\""),
          voice("avatar.imageUrl", "/avatar/imageUrl", "\"https://a.example/v.png\""),
          voice("appearance.backgroundColor", "/appearance/backgroundColor", "\"#ffffff\""),
          voice("appearance.borderColor", "/appearance/borderColor", "\"#e1e1e1\""),
          voice("appearance.buttonColor", "/appearance/buttonColor", "\"#000000\""),
          voice("appearance.buttonRadius", "/appearance/buttonRadius", "32"),
          voice("appearance.buttonTextColor", "/appearance/buttonTextColor", "\"#ffffff\""),
          voice("appearance.cardRadius", "/appearance/cardRadius", "20"),
          voice("appearance.focusOutlineColor", "/appearance/focusOutlineColor", "\"#000000\""),
          voice("appearance.textColor", "/appearance/textColor", "\"#000000\""),
          voice("text.callToAction", "/text/callToAction", "\"Appointment?\""),
          voice("text.startCall", "/text/startCall", "\"Start a call\""),
          voice("text.endCall", "/text/endCall", "\"End\""),
          voice("text.listeningStatus", "/text/listeningStatus", "\"Listening\""),
          voice("text.speakingStatus", "/text/speakingStatus", "\"Talk to interrupt\""),
          voice("model.maxOutputTokens", "/model/max_output_tokens", "2048"),
          voice("model.temperature", "/model/temperature", "0.7"),
          voice("vad.prefixPaddingMs", "/vad/prefix_padding_ms", "500"),
          voice("vad.silenceDurationMs", "/vad/silence_duration_ms", "1000"),
          voice("vad.threshold", "/vad/threshold", "0.8"));

  /** Fields that configure the operator instead of the bot, or have a test of their own. */
  private static final Set<String> NOT_SENT =
      Set.of(
          "backendRef",
          "slug",
          "promptFrom",
          "avatar",
          "driftPolicy",
          "ignoreFields",
          "adoption",
          "deletionPolicy",
          "suspend");

  private static final Set<Class<?>> GROUPS =
      Set.of(
          Personality.class,
          Snippet.class,
          ChatWidget.class,
          VoiceAgent.class,
          VoiceAgent.Picture.class,
          VoiceAgent.Appearance.class,
          VoiceAgent.Text.class,
          VoiceAgent.Model.class,
          VoiceAgent.Vad.class);

  /** The managed fields that the type of the spec has. */
  static List<String> ofType() {
    return Arrays.stream(ChatbotSpec.class.getRecordComponents())
        .filter(component -> !NOT_SENT.contains(component.getName()))
        .flatMap(component -> leaves("", component))
        .toList();
  }

  /** The spec with nothing but this field, beside what every spec has. */
  String yaml() {
    var names = spec.split("\\.");
    return "{" + String.join(": {", Arrays.asList(names)) + ": " + value + "}".repeat(names.length);
  }

  /** The same body with this field in it. */
  ObjectNode setIn(ObjectNode body) {
    var end = pointer.lastIndexOf('/');
    var parent = end == 0 ? body : body.withObject(pointer.substring(0, end));
    parent.set(pointer.substring(end + 1), PlannedBot.json("{\"v\": " + value + "}").get("v"));
    return body;
  }

  @Override
  public String toString() {
    return spec;
  }

  private static Stream<String> leaves(String parent, RecordComponent component) {
    var name = component.getName().equals("publiclyReachable") ? "public" : component.getName();
    var path = FieldPath.join(parent, name);
    return GROUPS.contains(component.getType())
        ? Arrays.stream(component.getType().getRecordComponents())
            .flatMap(child -> leaves(path, child))
        : Stream.of(path);
  }

  private static SpecField bot(String spec, String pointer, String value) {
    return new SpecField(spec, Body.BOT, pointer, value);
  }

  private static SpecField widget(String name, String value) {
    return new SpecField("chatWidget." + name, Body.CHAT_WIDGET, "/" + name, value);
  }

  private static SpecField voice(String spec, String pointer, String value) {
    return new SpecField("voiceAgent." + spec, Body.VOICE_AGENT, pointer, value);
  }
}
