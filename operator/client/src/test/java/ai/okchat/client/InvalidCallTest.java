package ai.okchat.client;

import static ai.okchat.client.RecordedBackend.KEY;
import static ai.okchat.client.RecordedBackend.TIMEOUT;
import static ai.okchat.client.RecordedBackend.json;
import static ai.okchat.client.RecordedBackend.recorded;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** B5: what must not be sent is not sent. */
class InvalidCallTest {
  private static final Upload FILE = Upload.of("faq.md", "text/markdown", "x".getBytes(UTF_8));
  private static final ChatRequest QUESTION = ChatRequest.question("Hello?", "token");

  @AutoClose private final RecordedBackend backend = new RecordedBackend();
  private final OkChatClient client = backend.client();

  static Stream<Arguments> callsWithABadId() {
    return Stream.of("", " ", "a/b", "a\\b", ".", "..", "a b", "a\nb", "x".repeat(201))
        .flatMap(
            id ->
                Stream.<Named<Consumer<OkChatClient>>>of(
                        Named.of("updateChatbot", c -> c.updateChatbot(id, json("{}"))),
                        Named.of("getChatbot", c -> c.getChatbot(id)),
                        Named.of("deleteChatbot", c -> c.deleteChatbot(id)),
                        Named.of("updateAvatar", c -> c.updateAvatar(id, FILE)),
                        Named.of("updateVoiceAgent", c -> c.updateVoiceAgent(id, json("{}"))),
                        Named.of("updateChatWidget", c -> c.updateChatWidget(id, json("{}"))),
                        Named.of("uploadKnowledge", c -> c.uploadKnowledge(id, List.of(FILE))),
                        Named.of("listKnowledge", c -> c.listKnowledge(id)),
                        Named.of("listKnowledge of one", c -> c.listKnowledge("b", only(id))),
                        Named.of("deleteKnowledge", c -> c.deleteKnowledge(id, "d")),
                        Named.of("deleteKnowledge of one", c -> c.deleteKnowledge("b", id)),
                        Named.of("updateKnowledge", c -> c.updateKnowledge(id, "d", "t", FILE)),
                        Named.of(
                            "updateKnowledge of one", c -> c.updateKnowledge("b", id, "t", FILE)),
                        Named.of("queryKnowledge", c -> c.queryKnowledge(id, "q")),
                        Named.of("chat", c -> c.chat(id, QUESTION)),
                        Named.of("streamChat", c -> c.streamChat(id, QUESTION)),
                        Named.of("getConversation", c -> c.getConversation(id, "s")),
                        Named.of("getConversation of one", c -> c.getConversation("b", id)),
                        Named.of("listConversations", c -> c.listConversations(id, 1, 1, null)),
                        Named.of("listMessages", c -> c.listMessages(id, "s", 1, 1)),
                        Named.of("listMessages of one", c -> c.listMessages("b", id, 1, 1)))
                    .map(call -> Arguments.of(call, id)));
  }

  @DisplayName("B5: an ID that is blank or invalid is not sent, least of all in a deletion")
  @ParameterizedTest
  @MethodSource("callsWithABadId")
  void rejectsInvalidIdBeforeSending(Consumer<OkChatClient> call, String id) {
    // When
    var failure = catchThrowableOfType(OkChatException.class, () -> call.accept(client));

    // Then
    assertThat(failure.kind()).isEqualTo(FailureKind.INVALID_CALL);
    assertThat(failure.mayHaveBeenApplied()).isFalse();
    assertThat(failure)
        .hasMessageMatching(
            "Tried to .* but the id of the (chatbot|document|conversation) must be one non-blank"
                + " word without slashes");
    assertThat(backend.requests()).as("calls for id '%s'", id).isZero();
    assertThat(backend.observed).isEmpty();
  }

  static Stream<Named<Consumer<OkChatClient>>> callsWithoutContent() {
    return Stream.of(
        Named.of("no files", c -> c.uploadKnowledge("b", List.of())),
        Named.of("blank title", c -> c.updateKnowledge("b", "d", " ", FILE)),
        Named.of(
            "blank title to look for", c -> c.listKnowledge("b", new KnowledgeFilter(" ", null))),
        Named.of("blank query", c -> c.queryKnowledge("b", " ")),
        Named.of("no messages", c -> c.chat("b", new ChatRequest(List.of(), null, "token"))),
        Named.of("blank token", c -> c.chat("b", ChatRequest.question("Hello?", " "))),
        Named.of("page zero", c -> c.listConversations("b", 0, 1, null)),
        Named.of("limit zero", c -> c.listMessages("b", "s", 1, 0)));
  }

  @ParameterizedTest
  @MethodSource("callsWithoutContent")
  void rejectsCallWithoutContentBeforeSending(Consumer<OkChatClient> call) {
    // When
    var failure = catchThrowableOfType(OkChatException.class, () -> call.accept(client));

    // Then
    assertThat(failure.kind()).isEqualTo(FailureKind.INVALID_CALL);
    assertThat(backend.requests()).isZero();
  }

  @Test
  void encodesIdAsOneSegment() {
    // Given
    backend.answers(404, "{}");

    // When
    var bot = client.getChatbot("a?b=c#d%2Fe");

    // Then
    assertThat(bot).isEmpty();
    assertThat(backend.request()).startsWith("GET /api/external/chatbot/a%3Fb=c%23d%252Fe\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/gateway/okchat", "/gateway/okchat/", "/gateway/okchat?drop=this#too"})
  void acceptsBaseUrlWithAPath(String path) {
    // Given
    backend.answers(200, recorded("list-chatbots.json"));
    var endpoint = new Endpoint(backend.url(path), KEY, TIMEOUT);

    // When
    backend.client(endpoint, ResponseLimits.DEFAULT).listChatbots();

    // Then
    assertThat(backend.request()).startsWith("GET /gateway/okchat/api/external/chatbots\n");
  }

  @Test
  void rejectsBaseUrlWithAPassword() {
    assertThatThrownBy(() -> new Endpoint(HttpUrl.get("https://me:hunter2@host"), KEY, TIMEOUT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The URL of the backend holds a user or password: the API key alone signs a call");
  }

  @Test
  void rejectsUploadWithoutNameOrType() {
    assertThatThrownBy(() -> Upload.of("a\r\nb", "text/markdown", new byte[0]))
        .hasMessage(
            "The name of an upload must be a file name without line breaks, for example faq.md");
    assertThatThrownBy(() -> Upload.of("faq.md", "markdown", new byte[0]))
        .hasMessage(
            "The media type of an upload must read type/subtype, for example text/markdown");
  }

  private static KnowledgeFilter only(String documentId) {
    return new KnowledgeFilter(null, documentId);
  }
}
