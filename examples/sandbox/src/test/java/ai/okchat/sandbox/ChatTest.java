package ai.okchat.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ChatTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private static final String NOTHING = "I found nothing about that in my documents.";

  private String chat = "";

  @BeforeEach
  void bot() throws IOException {
    var api = SANDBOX.api();
    var id = api.createBot("talker");
    chat = Api.bot(id) + "/chat";
    api.upload(id, "hours.md", "Open on Saturday from 10 to 14.");
  }

  @Test
  void answersWithBestPassageAndItsDocument() throws IOException {
    // When
    var answer = SANDBOX.api().post(chat, question("Are you open on Saturday?"));

    // Then
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.at("/output").asText())
        .isEqualTo("According to \"hours.md\":\n\n> Open on Saturday from 10 to 14.");
  }

  @Test
  void answersThatItDoesNotKnowWithoutPassage() throws IOException {
    // When
    var answer = SANDBOX.api().post(chat + "?stream=false", question("Who won the match?"));

    // Then
    assertThat(answer.at("/output").asText()).isEqualTo(NOTHING);
  }

  @Test
  void responseHasDocumentedFormatWithoutProviderRequest() throws IOException {
    // When
    var answer = (ObjectNode) SANDBOX.api().post(chat, question("Who won?")).json();

    // Then
    var response = (ObjectNode) answer.at("/steps/0/response");
    assertThat(response.remove("id").asText()).matches("chatcmpl-[A-Za-z0-9]{24}");
    assertThat(response.remove("timestamp").asText())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.000Z");
    assertThat(answer)
        .isEqualTo(
            Api.json(
                """
                {
                  "finish_reason": "stop",
                  "output": "%1$s",
                  "steps": [{
                    "experimental_providerMetadata":
                      {"openai": {"cachedPromptTokens": 0, "reasoningTokens": 0}},
                    "finishReason": "stop",
                    "isContinued": false,
                    "request": {"body": ""},
                    "response": {
                      "headers": {},
                      "messages": [
                        {"content": [{"text": "%1$s", "type": "text"}], "role": "assistant"}
                      ],
                      "modelId": "gpt-4o-mini"
                    },
                    "stepType": "initial",
                    "text": "%1$s",
                    "toolCalls": [],
                    "toolResults": [],
                    "usage": {"completionTokens": 11, "promptTokens": 3, "totalTokens": 14},
                    "warnings": []
                  }],
                  "tool_calls": [],
                  "tool_results": []
                }
                """
                    .formatted(NOTHING)));
  }

  @Test
  void streamsAnswerAsDataStreamLines() throws IOException {
    // When
    var answer = SANDBOX.api().post(chat + "?stream=true", question("Who won?"));

    // Then
    assertThat(answer.header("Content-Type")).contains("text/plain;charset=utf-8");
    assertThat(answer.header("x-vercel-ai-data-stream")).contains("v1");
    assertThat(answer.header("Transfer-Encoding")).contains("chunked");
    assertThat(answer.body().replaceAll("(msg-|call_)[A-Za-z0-9]{24}", "$1ID"))
        .isEqualTo(
            """
            f:{"messageId":"msg-ID"}
            9:{"args":{"query":"Who won?"},"toolCallId":"call_ID","toolName":"searchKnowledgeBase"}
            a:{"result":[],"toolCallId":"call_ID"}
            e:{"finishReason":"tool-calls","isContinued":false,"usage":{"completionTokens":11,"promptTokens":3}}
            f:{"messageId":"msg-ID"}
            0:"I "
            0:"found "
            0:"nothing "
            0:"about "
            0:"that "
            0:"in "
            0:"my "
            0:"documents."
            e:{"finishReason":"stop","isContinued":false,"usage":{"completionTokens":11,"promptTokens":3}}
            d:{"finishReason":"stop","usage":{"completionTokens":11,"promptTokens":3}}
            """);
  }

  private static String question(String text) {
    return """
    {"messages": [{"role": "user", "content": "%s"}], "platform": "web", "sessionToken": "t"}
    """
        .formatted(text);
  }
}
