package ai.okchat.sandbox.conversation;

import ai.okchat.sandbox.json.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A finished answer with the metadata that the API returns.
 *
 * @param messageId in the form of the AI SDK: {@code msg-} and 24 letters or digits
 */
record Completion(Answer answer, String model, String messageId, Usage usage, Instant at) {
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  /** Numbers of tokens, estimated from lengths. */
  record Usage(int prompt, int completion) {
    private static final int CHARACTERS_PER_TOKEN = 4;

    static Usage of(int promptLength, int completionLength) {
      return new Usage(
          1 + promptLength / CHARACTERS_PER_TOKEN, 1 + completionLength / CHARACTERS_PER_TOKEN);
    }

    ObjectNode json() {
      return Json.object().put("completionTokens", completion).put("promptTokens", prompt);
    }
  }

  static String newMessageId() {
    var id = new StringBuilder("msg-");
    ThreadLocalRandom.current()
        .ints(24, 0, LETTERS.length())
        .forEach(at -> id.append(LETTERS.charAt(at)));
    return id.toString();
  }

  /**
   * Returns the answer without streaming. The real service returns the request and headers of the
   * provider here; this one returns them empty (Q16).
   */
  ObjectNode json() {
    var json = Json.object().put("finish_reason", "stop").put("output", answer.text());
    json.putArray("steps").add(step());
    json.putArray("tool_calls");
    json.putArray("tool_results");
    return json;
  }

  private ObjectNode step() {
    var step =
        Json.object()
            .put("finishReason", "stop")
            .put("isContinued", false)
            .put("stepType", "initial")
            .put("text", answer.text());
    step.putArray("toolCalls");
    step.putArray("toolResults");
    step.putArray("warnings");
    step.set("usage", usage.json().put("totalTokens", usage.prompt() + usage.completion()));
    step.putObject("experimental_providerMetadata")
        .putObject("openai")
        .put("cachedPromptTokens", 0)
        .put("reasoningTokens", 0);
    step.putObject("request").put("body", "");
    step.set("response", response());
    return step;
  }

  private ObjectNode response() {
    var response =
        Json.object()
            .put("id", messageId.replace("msg-", "chatcmpl-"))
            .put("modelId", model)
            .put("timestamp", at.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", ".000Z"));
    response.putObject("headers");
    var message = response.putArray("messages").addObject().put("role", "assistant");
    message.putArray("content").addObject().put("type", "text").put("text", answer.text());
    return response;
  }
}
