package ai.okchat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.okchat.client.ApiKey;
import ai.okchat.client.CallObserver;
import ai.okchat.client.Endpoint;
import ai.okchat.client.OkChatClient;
import java.time.Duration;
import java.time.Instant;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A backend whose lists have more pages than the plugin reads. */
class ConversationReaderTest {
  private static final String PAGE =
      """
      {"data": [{"id": "c", "chatbot_id": "b", "session_id": "c", "sender_type": "user",
                 "updated_at": "2026-11-01T00:00:00Z"}],
       "metadata": {"currentPage": 1, "pageSize": 100, "totalCount": 100100, "totalPages": 1001}}
      """;

  private final LoopbackServer server =
      LoopbackServer.start(exchange -> LoopbackServer.send(exchange, 200, PAGE));

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void listOfConversationsIsNotCutSilently() {
    // When
    var failure = catchThrowable(() -> reader().since(Instant.EPOCH, Integer.MAX_VALUE));

    // Then
    assertThat(failure)
        .isInstanceOf(PluginException.class)
        .hasMessage(
            "The bot has more than 100000 newer conversations. Name a later time with --since.");
  }

  @Test
  void listOfMessagesIsNotCutSilently() {
    // When
    var failure = catchThrowable(() -> reader().messages("c"));

    // Then
    assertThat(failure)
        .isInstanceOf(PluginException.class)
        .hasMessage("The conversation has more than 100000 messages. Read it in the dashboard.");
  }

  @Test
  void listEndsAtTheTime() {
    // When
    var found = reader().since(Instant.parse("2026-11-02T00:00:00Z"), Integer.MAX_VALUE);

    // Then
    assertThat(found).isEmpty();
  }

  private ConversationReader reader() {
    var endpoint =
        new Endpoint(HttpUrl.get(server.url()), ApiKey.of("key"), Duration.ofSeconds(30));
    var client = new OkChatClient(new OkHttpClient(), endpoint, CallObserver.NONE);
    return new ConversationReader(new BackendAccess.OpenBot(client, "b"));
  }
}
