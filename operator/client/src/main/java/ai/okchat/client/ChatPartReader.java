package ai.okchat.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.OptionalLong;

/** Reads one line of a data stream. */
final class ChatPartReader {
  private ChatPartReader() {}

  static ChatPart read(String line) throws IOException {
    if (line.indexOf(':') != 1) {
      throw UnusableResponseException.shape("has a line that is no part of a data stream");
    }
    var value = Json.MAPPER.readTree(line.substring(2));
    var code = line.charAt(0);
    return switch (code) {
      case '0' -> new ChatPart.Text(text(value));
      case '2' -> new ChatPart.Data(value);
      case '3' -> new ChatPart.Failed(text(value));
      case '8' -> new ChatPart.Annotations(value);
      case '9', 'a', 'b', 'c' -> toolPart(code, value);
      case 'd', 'e', 'f' -> frame(code, value);
      default -> new ChatPart.Unknown(code, value);
    };
  }

  private static ChatPart toolPart(char code, JsonNode value) throws UnusableResponseException {
    var id = JsonFields.text(value, "toolCallId");
    return switch (code) {
      case '9' -> new ChatPart.ToolCall(id, JsonFields.text(value, "toolName"), value.path("args"));
      case 'a' -> new ChatPart.ToolResult(id, value.path("result"));
      case 'b' -> new ChatPart.ToolCallStart(id, JsonFields.text(value, "toolName"));
      default -> new ChatPart.ToolCallDelta(id, JsonFields.text(value, "argsTextDelta"));
    };
  }

  /** Reads a part that begins or ends a step, or ends the answer. */
  private static ChatPart frame(char code, JsonNode value) {
    var reason = JsonFields.textOrNull(value, "finishReason");
    return switch (code) {
      case 'f' -> new ChatPart.StepStart(JsonFields.textOrNull(value, "messageId"));
      case 'e' -> new ChatPart.StepEnd(reason, usage(value), value.path("isContinued").asBoolean());
      default -> new ChatPart.End(reason, usage(value));
    };
  }

  private static String text(JsonNode value) throws UnusableResponseException {
    if (!value.isTextual()) {
      throw UnusableResponseException.shape("has a text part without a text");
    }
    return value.textValue();
  }

  private static ChatPart.Usage usage(JsonNode value) {
    var usage = value.path("usage");
    return new ChatPart.Usage(
        tokens(usage.path("promptTokens")), tokens(usage.path("completionTokens")));
  }

  /** Reads a number of tokens; it is {@code null} if the provider does not count them. */
  private static OptionalLong tokens(JsonNode count) {
    return count.canConvertToLong() ? OptionalLong.of(count.longValue()) : OptionalLong.empty();
  }
}
