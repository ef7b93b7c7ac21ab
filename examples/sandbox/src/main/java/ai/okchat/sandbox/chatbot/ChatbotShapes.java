package ai.okchat.sandbox.chatbot;

import static ai.okchat.sandbox.http.Shapes.FLAG;
import static ai.okchat.sandbox.http.Shapes.FRACTION;
import static ai.okchat.sandbox.http.Shapes.NUMBER;
import static ai.okchat.sandbox.http.Shapes.OPTIONAL_TEXT;
import static ai.okchat.sandbox.http.Shapes.TEXT;
import static ai.okchat.sandbox.http.Shapes.group;

import ai.okchat.sandbox.http.Shape;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The shapes of the bodies of the chatbot endpoints. */
final class ChatbotShapes {
  private static final Shape SETTINGS =
      group(
          Map.of(
              "avatar", TEXT,
              "greeting", TEXT,
              "isRequestUserInfoEnabled", FLAG,
              "isToolEnabled", FLAG,
              "model", TEXT,
              "prompt", TEXT,
              "snippet",
                  texts("header", "logo", "name", "primaryColor", "secondaryColor", "slogan")));

  static final Shape CHATBOT =
      group(
          Map.of(
              "name", TEXT,
              "description", OPTIONAL_TEXT,
              "is_public", FLAG,
              "slug", TEXT,
              "personality_config", texts("style", "tone"),
              "settings", SETTINGS));

  static final Shape CHAT_WIDGET =
      texts("header", "language", "logo", "name", "primaryColor", "secondaryColor", "slogan");

  static final Shape VOICE_AGENT =
      group(
          Map.of(
              "agentId", TEXT,
              "voice", TEXT,
              "avatar", texts("imageUrl"),
              "appearance", appearance(),
              "text",
                  texts(
                      "callToAction", "startCall", "endCall", "listeningStatus", "speakingStatus"),
              "model", group(Map.of("max_output_tokens", NUMBER, "temperature", FRACTION)),
              "vad",
                  group(
                      Map.of(
                          "prefix_padding_ms", NUMBER,
                          "silence_duration_ms", NUMBER,
                          "threshold", FRACTION))));

  private ChatbotShapes() {}

  private static Shape appearance() {
    return group(
        Map.of(
            "backgroundColor", TEXT,
            "borderColor", TEXT,
            "buttonColor", TEXT,
            "buttonRadius", NUMBER,
            "buttonTextColor", TEXT,
            "cardRadius", NUMBER,
            "focusOutlineColor", TEXT,
            "textColor", TEXT));
  }

  private static Shape texts(String... names) {
    return group(Stream.of(names).collect(Collectors.toMap(name -> name, _ -> TEXT)));
  }
}
