package ai.okchat.client;

import static ai.okchat.client.RecordedBackend.json;
import static ai.okchat.client.RecordedBackend.recorded;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ChatbotEndpointsTest {
  private static final String ID = "3317853e-0af2-427d-a56f-351a9587f48f";
  private static final String ORGANIZATION = "123042b2-86e2-4184-a86e-95423d728815";
  private static final String NO_BODY =
      """
      x-api-key: 0123456789abcdef0123456789abcdef0123456789abcdef
      User-Agent: okchat-operator
      Host: backend
      Connection: Keep-Alive
      Accept-Encoding: gzip

      """;

  @AutoClose private final RecordedBackend backend = new RecordedBackend();
  private final OkChatClient client = backend.client();

  @Test
  void listsTheBotsOfTheAccount() {
    // Given
    backend.answers(200, recorded("list-chatbots.json"));

    // When
    var bots = client.listChatbots();

    // Then
    var fields = (ObjectNode) json(recorded("list-chatbots.json")).at("/chatbots/0");
    assertThat(bots).containsExactly(bot(fields));
    assertThat(backend.request()).isEqualTo("GET /api/external/chatbots\n" + NO_BODY);
    assertThat(backend.observed).containsExactly("list chatbots: ok");
  }

  @Test
  void keepsKnownObjectsOfListedBots() {
    // Given
    backend.answers(200, recorded("list-chatbots.json"));
    var known = client.listChatbots().getFirst();
    backend.answers(200, recorded("list-chatbots.json"));

    // When
    var bots = client.listChatbots(read -> read.equals(known) ? known : read);

    // Then
    assertThat(bots.getFirst()).isSameAs(known);
  }

  @Test
  void createsABotWithTheBodyAsItIsGiven() {
    // Given
    backend.answers(201, recorded("create-chatbot.json"));
    var body = json(recorded("create-chatbot-request.json"));

    // When
    var bot = client.createChatbot(body);

    // Then
    assertThat(bot).isEqualTo(bot("create-chatbot.json"));
    assertThat(backend.request())
        .isEqualTo("POST /api/external/chatbots\n" + withJson(body.toString()));
  }

  @Test
  void updatesABotThatTheQueryNames() {
    // Given
    backend.answers(200, recorded("update-chatbot.json"));
    var body = json("{\"name\": \"Demo\", \"settings\": {\"temperature\": 0.70, \"n\": 1e2}}");

    // When
    var bot = client.updateChatbot(ID, body);

    // Then
    assertThat(bot).isEqualTo(bot("update-chatbot.json"));
    assertThat(backend.request())
        .isEqualTo(
            "PATCH /api/external/chatbots?id="
                + ID
                + "\n"
                + withJson("{\"name\":\"Demo\",\"settings\":{\"temperature\":0.70,\"n\":1E+2}}"));
  }

  @Test
  void getsOneBot() {
    // Given
    backend.answers(200, recorded("get-chatbot.json"));

    // When
    var bot = client.getChatbot(ID);

    // Then
    assertThat(bot).contains(bot("get-chatbot.json"));
    assertThat(backend.request()).isEqualTo("GET /api/external/chatbot/" + ID + "\n" + NO_BODY);
  }

  @Test
  void returnsEmptyForAbsentBot() {
    // Given
    backend.answers(404, "{\"error\": \"Chatbot not found\"}");

    // When
    var bot = client.getChatbot(ID);

    // Then
    assertThat(bot).isEmpty();
    assertThat(backend.observed).containsExactly("get chatbot: ok");
  }

  @Test
  void deletesABot() {
    // Given
    backend.answers(200, recorded("delete-chatbot.json"));

    // When
    var wasThere = client.deleteChatbot(ID);

    // Then
    assertThat(wasThere).isTrue();
    assertThat(backend.request()).isEqualTo("DELETE /api/external/chatbot/" + ID + "\n" + NO_BODY);
  }

  @Test
  void deletionOfAbsentBotSucceeds() {
    // Given
    backend.answers(404, "{\"error\": \"Chatbot not found\"}");

    // When
    var wasThere = client.deleteChatbot(ID);

    // Then
    assertThat(wasThere).isFalse();
  }

  @Test
  void sendsAnAvatarAsAFile() {
    // Given
    backend.answers(200, recorded("update-avatar.json"));

    // When
    var bot =
        client.updateAvatar(ID, Upload.of("face.jpg", "image/jpeg", "picture".getBytes(UTF_8)));

    // Then
    assertThat(bot).isEqualTo(bot("update-avatar.json"));
    assertThat(backend.request())
        .isEqualTo(
            """
            PATCH /api/external/chatbot/3317853e-0af2-427d-a56f-351a9587f48f/update-avatar
            x-api-key: 0123456789abcdef0123456789abcdef0123456789abcdef
            User-Agent: okchat-operator
            Content-Type: multipart/form-data; boundary=BOUNDARY
            Content-Length: 187
            Host: backend
            Connection: Keep-Alive
            Accept-Encoding: gzip

            --BOUNDARY
            Content-Disposition: form-data; name="avatar"; filename="face.jpg"
            Content-Type: image/jpeg

            picture
            --BOUNDARY--
            """);
  }

  @Test
  void setsTheVoiceAgentAndReturnsWhatTheBackendKeeps() {
    // Given
    backend.answers(200, recorded("update-voice-agent.json"));
    var config = json(recorded("update-voice-agent-request.json"));

    // When
    var kept = client.updateVoiceAgent(ID, config);

    // Then
    assertThat(kept).isEqualTo(config);
    assertThat(backend.request())
        .isEqualTo(
            "PATCH /api/external/chatbot/" + ID + "/voice-agent\n" + withJson(config.toString()));
  }

  @Test
  void setsTheChatWidgetAndReturnsWhatTheBackendKeeps() {
    // Given
    backend.answers(200, recorded("update-chat-widget.json"));
    var config = (ObjectNode) json(recorded("update-chat-widget.json")).path("chat_widget_config");

    // When
    var kept = client.updateChatWidget(ID, config);

    // Then
    assertThat(kept).isEqualTo(config);
    assertThat(backend.request())
        .isEqualTo(
            "PATCH /api/external/chatbot/" + ID + "/chat-widget\n" + withJson(config.toString()));
  }

  private static Bot bot(String recording) {
    return bot((ObjectNode) json(recorded(recording)).path("chatbot"));
  }

  private static Bot bot(ObjectNode fields) {
    return new Bot(ID, "api-docs-demo-chatbot", ORGANIZATION, fields);
  }

  private static String withJson(String body) {
    return """
    x-api-key: 0123456789abcdef0123456789abcdef0123456789abcdef
    User-Agent: okchat-operator
    Content-Type: application/json
    Content-Length: %d
    Host: backend
    Connection: Keep-Alive
    Accept-Encoding: gzip

    %s\
    """
        .formatted(body.getBytes(UTF_8).length, body);
  }
}
