package ai.okchat.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AppearanceEndpointsTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  @Test
  void servesAvatarWithoutKeyAtTheLinkInTheSettings() throws IOException {
    // Given
    var api = SANDBOX.api();
    var id = api.createBot("with-avatar");

    // When
    var answer =
        api.form(
            "PATCH", Api.bot(id) + "/update-avatar", Api.Part.file("avatar", "me.PNG", "an image"));

    // Then
    var link = answer.at("/chatbot/settings/avatar").asText();
    var image = api.withKey("no-key").get(link);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.at("/message").asText()).isEqualTo("Avatar updated successfully");
    assertThat(answer.at("/chatbot")).hasSize(20);
    assertThat(link)
        .matches(
            SANDBOX.url() + "/storage/v1/object/public/chatbot/" + id + "/[0-9a-f-]{36}\\.png");
    assertThat(image.body()).isEqualTo("an image");
    assertThat(image.header("Content-Type")).contains("image/png");
  }

  @Test
  void returnsVoiceAgentAsSentAndShowsItInDetails() throws IOException {
    // Given
    var api = SANDBOX.api();
    var id = api.createBot("with-voice");
    var body =
        """
        {
          "agentId": "another-id",
          "voice": "shimmer",
          "avatar": {"imageUrl": "https://example.com/a.png"},
          "appearance": {"backgroundColor": "#ffffff", "buttonRadius": 32},
          "text": {"startCall": "Start a call"},
          "model": {"max_output_tokens": 2048, "temperature": 0.7},
          "vad": {"prefix_padding_ms": 500, "silence_duration_ms": 1000, "threshold": 0.8}
        }
        """;

    // When
    var answer = api.patch(Api.bot(id) + "/voice-agent", body);

    // Then
    var config = Api.json(body);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(ChatbotEndpointsTest.keys(answer.json()))
        .containsExactly("message", "voice_widget_config");
    assertThat(answer.at("/message").asText())
        .isEqualTo("Voice widget config updated successfully");
    assertThat(answer.at("/voice_widget_config")).isEqualTo(config);
    assertThat(api.get(Api.bot(id)).at("/chatbot/voice_widget_config")).isEqualTo(config);
  }

  @Test
  void returnsChatWidgetAsSentAndShowsItInDashboardOnly() throws IOException {
    // Given
    var api = SANDBOX.api();
    var id = api.createBot("with-widget");
    var before = api.get(Api.bot(id)).json();
    var body = "{\"header\": \"Support\", \"language\": \"auto\", \"primaryColor\": \"#4F46E5\"}";

    // When
    var answer = api.patch(Api.bot(id) + "/chat-widget", body);

    // Then
    var config = Api.json(body);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(ChatbotEndpointsTest.keys(answer.json()))
        .containsExactly("chat_widget_config", "message");
    assertThat(answer.at("/message").asText()).isEqualTo("Chat widget config updated successfully");
    assertThat(answer.at("/chat_widget_config")).isEqualTo(config);
    assertThat(api.get(Api.bot(id)).json()).isEqualTo(before);
    assertThat(api.get("/sandbox/chatbots/" + id).at("/chat_widget_config")).isEqualTo(config);
  }
}
