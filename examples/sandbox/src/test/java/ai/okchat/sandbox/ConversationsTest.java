package ai.okchat.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConversationsTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private String bot = "";

  @BeforeEach
  void bot() throws IOException {
    bot = Api.bot(SANDBOX.api().createBot("talker"));
  }

  @Test
  void messagesWithOneTokenAreOneSession() throws IOException {
    // Given
    say("visitor-1", "web", "First");
    say("visitor-1", "web", "Second");

    // When
    var answer = SANDBOX.api().get(bot + "/conversations");

    // Then
    var session = answer.at("/data/0");
    assertThat(answer.at("/data")).hasSize(1);
    assertThat(ChatbotEndpointsTest.keys(session))
        .containsExactly(
            "active",
            "chatbot_id",
            "created_at",
            "id",
            "is_human_mode",
            "last_message",
            "metadata",
            "migrated_data",
            "platform",
            "session_token",
            "sns_user_id",
            "state",
            "updated_at",
            "user_id",
            "voice_path");
    assertThat(session.get("last_message").asText()).isEqualTo("Second");
    assertThat(session.get("sns_user_id").asText()).isEqualTo("visitor-1");
    assertThat(session.get("session_token").isNull()).isTrue();
    assertThat(session.get("metadata")).isEqualTo(Api.json("{\"anonymous\": true}"));
    assertThat(session.get("updated_at")).isNotEqualTo(session.get("created_at"));
  }

  @Test
  void showsLastMessageOfBotForMessengerAndNoneForVoice() throws IOException {
    // Given
    say("visitor-1", "whatsapp", "Hello");
    say("visitor-1", "voice", "Hello");

    // When
    var answer = SANDBOX.api().get(bot + "/conversations");

    // Then
    assertThat(answer.at("/data/0/last_message").isNull()).isTrue();
    assertThat(ChatbotEndpointsTest.keys(answer.at("/data/1/last_message")))
        .containsExactly("content", "id", "sender_type");
    assertThat(answer.at("/data/1/last_message/sender_type").asText()).isEqualTo("bot");
  }

  @Test
  void listsSessionsInPagesNewestFirst() throws IOException {
    // Given
    for (var visitor = 1; visitor <= 12; visitor++) {
      say("visitor-" + visitor, "web", "Hello");
    }

    // When
    var first = SANDBOX.api().get(bot + "/conversations");
    var last = SANDBOX.api().get(bot + "/conversations?page=3&limit=5&state=in_progress");
    var closed = SANDBOX.api().get(bot + "/conversations?state=closed");

    // Then
    assertThat(first.at("/data")).hasSize(10);
    assertThat(first.at("/data/0/sns_user_id").asText()).isEqualTo("visitor-12");
    assertThat(last.at("/data").findValuesAsText("sns_user_id"))
        .containsExactly("visitor-2", "visitor-1");
    assertThat(last.at("/metadata"))
        .isEqualTo(
            Api.json(
                "{\"currentPage\": 3, \"pageSize\": 5, \"totalCount\": 12, \"totalPages\": 3}"));
    assertThat(closed.at("/data")).isEmpty();
  }

  @Test
  void showsOneSessionWithoutItsState() throws IOException {
    // Given
    say("visitor-1", "web", "Hello");
    var session = (ObjectNode) SANDBOX.api().get(bot + "/conversations").at("/data/0");

    // When
    var answer = SANDBOX.api().get(bot + "/conversations/" + session.get("id").asText());

    // Then
    assertThat(ChatbotEndpointsTest.keys(answer.json())).containsExactly("session");
    assertThat(answer.at("/session")).hasSize(14).isEqualTo(session.without("state"));
  }

  @Test
  void listsMessagesInPagesOldestFirst() throws IOException {
    // Given
    say("visitor-1", "web", "First");
    say("visitor-1", "web", "Second");
    var id = SANDBOX.api().get(bot + "/conversations").at("/data/0/id").asText();

    // When
    var path = bot + "/conversations/" + id + "/messages";
    var all = SANDBOX.api().get(path);
    var last = SANDBOX.api().get(path + "?page=2&limit=3");

    // Then
    assertThat(all.at("/data").findValuesAsText("sender_type"))
        .containsExactly("user", "bot", "user", "bot");
    assertThat(all.at("/data/0/created_at").asText())
        .isLessThan(all.at("/data/1/created_at").asText());
    assertThat(last.at("/data")).hasSize(1);
    assertThat(last.at("/data/0")).isEqualTo(all.at("/data/3"));
    assertThat(last.at("/metadata"))
        .isEqualTo(
            Api.json(
                "{\"currentPage\": 2, \"pageSize\": 3, \"totalCount\": 4, \"totalPages\": 2}"));
  }

  @Test
  void messageHasTheDocumentedKeys() throws IOException {
    // Given
    say("visitor-1", "web", "First");
    var id = SANDBOX.api().get(bot + "/conversations").at("/data/0/id").asText();

    // When
    var messages = SANDBOX.api().get(bot + "/conversations/" + id + "/messages").at("/data");

    // Then
    var question = (ObjectNode) messages.get(0);
    var answer = (ObjectNode) messages.get(1);
    assertThat(answer.at("/metadata/mid").asText()).matches("msg-[A-Za-z0-9]{24}");
    assertThat(question.remove(List.of("id", "created_at")))
        .isEqualTo(
            Api.json(
                """
                {
                  "attachments": null, "content": "First", "metadata": {}, "migrated_data": false,
                  "model": null, "provider": null, "sender_type": "user", "session_id": "%s",
                  "session_token": null, "tokens_used": 0, "tool_calls": null, "tool_results": null
                }
                """
                    .formatted(id)));
    assertThat(answer.remove(List.of("id", "created_at", "metadata")))
        .isEqualTo(
            Api.json(
                """
                {
                  "attachments": null, "content": "I found nothing about that in my documents.",
                  "migrated_data": false, "model": "gpt-4o-mini", "provider": "openai",
                  "sender_type": "bot", "session_id": "%s", "session_token": null,
                  "tokens_used": 0, "tool_calls": [], "tool_results": []
                }
                """
                    .formatted(id)));
  }

  @Test
  void ignoresBodyOfAGet() throws IOException {
    // When
    var answer = SANDBOX.api().send("GET", bot + "/conversations", "\"\"");

    // Then
    assertThat(answer.status()).isEqualTo(200);
  }

  private void say(String token, String platform, String text) throws IOException {
    var body =
        """
        {"messages": [{"role": "user", "content": "%s"}], "platform": "%s", "sessionToken": "%s"}
        """
            .formatted(text, platform, token);
    assertThat(SANDBOX.api().post(bot + "/chat", body).status()).isEqualTo(200);
  }
}
