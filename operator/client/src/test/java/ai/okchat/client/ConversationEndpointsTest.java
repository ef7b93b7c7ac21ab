package ai.okchat.client;

import static ai.okchat.client.RecordedBackend.recorded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ConversationEndpointsTest {
  private static final String BOT = "5afe16ed-5fd2-4552-a993-903bc9c32bb6";
  private static final String SESSION = "7a04ca3c-4ea8-44f5-b14d-f61bec64ea14";
  private static final String HEADERS =
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
  void getsOneConversation() {
    // Given
    backend.answers(200, recorded("get-conversation.json"));

    // When
    var conversation = client.getConversation(BOT, SESSION);

    // Then
    assertThat(conversation)
        .contains(
            new Conversation(
                SESSION,
                BOT,
                "web",
                "sessionToken789",
                null,
                true,
                false,
                new Conversation.LastMessage(
                    "Tell me about the history of the internet.", null, null),
                Instant.parse("2025-01-22T10:21:17.313285Z"),
                Instant.parse("2025-01-22T10:24:54.750912Z")));
    assertThat(backend.request())
        .isEqualTo("GET /api/external/chatbot/" + BOT + "/conversations/" + SESSION + HEADERS);
  }

  @Test
  void returnsEmptyForAbsentConversation() {
    // Given
    backend.answers(404, "{\"error\": \"Session not found\"}");

    // When
    var conversation = client.getConversation(BOT, SESSION);

    // Then
    assertThat(conversation).isEmpty();
  }

  @Test
  void listsAPageOfConversationsWithLastMessagesOfAllThreeForms() {
    // Given
    backend.answers(200, recorded("list-conversations.json"));

    // When
    var page = client.listConversations(BOT, 1, 10, "in_progress");

    // Then
    assertThat(page)
        .usingRecursiveComparison()
        .ignoringFields("items")
        .isEqualTo(new Page<Conversation>(List.of(), 1, 10, 20, 2));
    assertThat(page.items())
        .extracting(Conversation::platform, Conversation::lastMessage)
        .containsExactly(
            tuple(
                "whatsapp",
                new Conversation.LastMessage(
                    "<last answer>", "d0000000-0000-4000-8000-000000000001", "bot")),
            tuple(
                "web",
                new Conversation.LastMessage(
                    "Tell me about the history of the internet.", null, null)),
            tuple("voice", null));
    assertThat(page.items()).extracting(Conversation::state).containsOnly("in_progress");
    assertThat(backend.request())
        .isEqualTo(
            "GET /api/external/chatbot/"
                + BOT
                + "/conversations?page=1&limit=10&state=in_progress"
                + HEADERS);
  }

  @Test
  void listsAPageOfMessages() {
    // Given
    backend.answers(200, recorded("list-messages.json"));
    var session = "f081d259-6c72-4eca-8687-1b6ed716257e";

    // When
    var page = client.listMessages(BOT, session, 1, 10);

    // Then
    var user =
        new Message(
            "a0000000-0000-4000-8000-000000000001",
            session,
            "user",
            "<question>",
            List.of(
                new Message.Attachment(
                    "0.8064.png",
                    "https://project.supabase.co/storage/v1/object/public/user_images/internal/0.8064.png")),
            null,
            null,
            Instant.parse("2025-03-06T02:30:18.452290Z"));
    var bot =
        new Message(
            "a0000000-0000-4000-8000-000000000002",
            session,
            "bot",
            "<answer>",
            List.of(),
            "gpt-4o-mini",
            "openai",
            Instant.parse("2025-03-06T02:30:22.100Z"));
    assertThat(page).isEqualTo(new Page<>(List.of(user, bot), 1, 10, 10, 1));
    assertThat(page.toString()).doesNotContain("<question>", "<answer>");
    assertThat(backend.request())
        .isEqualTo(
            "GET /api/external/chatbot/"
                + BOT
                + "/conversations/"
                + session
                + "/messages?page=1&limit=10"
                + HEADERS);
  }
}
