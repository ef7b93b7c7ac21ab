package ai.okchat.client;

import static ai.okchat.client.RecordedBackend.json;
import static ai.okchat.client.RecordedBackend.recorded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatEndpointsTest {
  private static final String BOT = "c631086b-0147-4749-9034-940647620f0c";
  private static final ChatRequest QUESTION =
      ChatRequest.question("Tell me about the history of the internet.", "sessionToken789");

  @AutoClose private final RecordedBackend backend = new RecordedBackend();
  private final OkChatClient client = backend.client();

  @Test
  void answersQuestionWithoutReadingTheProviderRequest() {
    // Given
    backend.answers(200, recorded("chat.json"));

    // When
    var answer = client.chat(BOT, QUESTION);

    // Then
    assertThat(answer).isEqualTo(new ChatResponse("<answer in Markdown>", "stop"));
    assertThat(answer).hasToString("ChatResponse[20 characters, stop]");
    assertThat(backend.request())
        .isEqualTo(
            """
            POST /api/external/chatbot/c631086b-0147-4749-9034-940647620f0c/chat?stream=false
            x-api-key: 0123456789abcdef0123456789abcdef0123456789abcdef
            User-Agent: okchat-operator
            Content-Type: application/json
            Content-Length: 135
            Host: backend
            Connection: Keep-Alive
            Accept-Encoding: gzip

            {"messages":[{"role":"user","content":"Tell me about the history of the internet."}],"platform":"web","sessionToken":"sessionToken789"}\
            """);
  }

  @Test
  void streamsAnAnswerPartByPart() {
    // Given
    backend.answers(stream(recorded("stream-chat.txt")));

    // When
    var parts = new ArrayList<ChatPart>();
    try (var stream = client.streamChat(BOT, QUESTION)) {
      stream.forEach(parts::add);
    }

    // Then
    assertThat(parts)
        .containsExactly(
            new ChatPart.StepStart("msg-Mzs8wSy4weVyiALOzzZRDles"),
            new ChatPart.ToolCallStart("call_1", "searchKnowledgeBase"),
            new ChatPart.ToolCallDelta("call_1", "{\"query\":"),
            new ChatPart.ToolCall(
                "call_1", "searchKnowledgeBase", json("{\"query\": \"opening hours\"}")),
            new ChatPart.ToolResult("call_1", json("{\"results\": []}")),
            new ChatPart.StepEnd("tool-calls", usage(310, 20), false),
            new ChatPart.StepStart("msg-Mzs8wSy4weVyiALOzzZRDlet"),
            new ChatPart.Text("We open "),
            new ChatPart.Text("at nine.\n"),
            new ChatPart.Annotations(
                Json.MAPPER.createArrayNode().add(json("{\"source\": \"opening-hours\"}"))),
            new ChatPart.Data(Json.MAPPER.createArrayNode().add(json("{\"cost\": 1}"))),
            new ChatPart.Unknown('z', json("{\"future\": true}")),
            new ChatPart.StepEnd(
                "stop", new ChatPart.Usage(OptionalLong.of(400), OptionalLong.empty()), false),
            new ChatPart.End("stop", usage(710, 533)));
    assertThat(backend.request())
        .startsWith(
            "POST /api/external/chatbot/c631086b-0147-4749-9034-940647620f0c/chat?stream=true\n");
    assertThat(backend.observed).containsExactly("stream chat: ok");
  }

  @Test
  void failureInTheStreamIsItsLastPartWithoutTheQuestion() {
    // Given
    backend.answers(stream("0:\"We\"\n3:\"No: tell me about the history of the internet\"\n"));

    // When
    var parts = new ArrayList<ChatPart>();
    try (var stream = client.streamChat(BOT, QUESTION)) {
      stream.forEach(parts::add);
    }

    // Then
    assertThat(parts)
        .containsExactly(new ChatPart.Text("We"), new ChatPart.Failed("No: [redacted]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0:\"We\"\n",
        "0:\"We\"\nd:{\"finishReas",
        "0:{}\n",
        "no part at all\n",
        "{\"output\":\"not a stream\"}",
        "9:{\"toolName\":\"search\"}\n",
        ""
      })
  void failsWhenTheStreamIsCutOrInvalid(String lines) {
    // Given
    backend.answers(stream(lines));

    // When
    var failure =
        catchThrowableOfType(
            OkChatException.class,
            () -> {
              try (var stream = client.streamChat(BOT, QUESTION)) {
                stream.forEach(part -> {});
              }
            });

    // Then
    assertThat(failure.kind()).isEqualTo(FailureKind.UNEXPECTED_RESPONSE);
    assertThat(failure.mayHaveBeenApplied()).isTrue();
    assertThat(backend.observed).containsExactly("stream chat: unexpected_response");
  }

  @Test
  void streamCanBeClosedEarly() {
    // Given
    backend.answers(stream(recorded("stream-chat.txt")));

    // When
    ChatPart first;
    try (var stream = client.streamChat(BOT, QUESTION)) {
      first = stream.iterator().next();
    }

    // Then
    assertThat(first).isEqualTo(new ChatPart.StepStart("msg-Mzs8wSy4weVyiALOzzZRDles"));
    assertThat(backend.observed).containsExactly("stream chat: ok");
  }

  @Test
  void partsDoNotPrintTheConversation() {
    // Given
    var secret = json("{\"text\": \"MARKER\"}");

    // When
    var printed =
        List.of(
                new ChatPart.Text("MARKER"),
                new ChatPart.ToolCall("call_1", "search", secret),
                new ChatPart.ToolResult("call_1", secret),
                new ChatPart.ToolCallDelta("call_1", "MARKER"),
                new ChatPart.Data(secret),
                new ChatPart.Annotations(secret),
                new ChatPart.Unknown('z', secret),
                ChatRequest.question("MARKER", "token"))
            .toString();

    // Then
    assertThat(printed).doesNotContain("MARKER");
  }

  private static MockResponse stream(String lines) {
    return new MockResponse.Builder()
        .code(200)
        .setHeader("Content-Type", "text/plain; charset=utf-8")
        .setHeader("x-vercel-ai-data-stream", "v1")
        .chunkedBody(lines, 7)
        .build();
  }

  private static ChatPart.Usage usage(long prompt, long completion) {
    return new ChatPart.Usage(OptionalLong.of(prompt), OptionalLong.of(completion));
  }
}
