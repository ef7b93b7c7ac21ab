package ai.okchat.operator.okchat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.OptionalLong;

/** Reads one line of a data stream. */
final class ChatPartReader {
  private ChatPartReader() {}

  static ChatPart read(String line) throws IOException {
    if (line.indexOf(':') != 1) {
      throw UnusableAnswerException.shape("has a line that is no part of a data stream");
    }
    var value = Json.MAPPER.readTree(line.substring(2));
    return switch (line.charAt(0)) {
      case 'f' -> new ChatPart.StepStart(Shape.textOrNull(value, "messageId"));
      case '0' -> new ChatPart.Text(text(value));
      case '9' ->
          new ChatPart.ToolCall(
              Shape.text(value, "toolCallId"), Shape.text(value, "toolName"), value.path("args"));
      case 'a' -> new ChatPart.ToolResult(Shape.text(value, "toolCallId"), value.path("result"));
      case 'b' ->
          new ChatPart.ToolCallStart(
              Shape.text(value, "toolCallId"), Shape.text(value, "toolName"));
      case 'c' ->
          new ChatPart.ToolCallDelta(
              Shape.text(value, "toolCallId"), Shape.text(value, "argsTextDelta"));
      case '2' -> new ChatPart.Data(value);
      case '8' -> new ChatPart.Annotations(value);
      case '3' -> new ChatPart.Failed(text(value));
      case 'e' ->
          new ChatPart.StepEnd(
              Shape.textOrNull(value, "finishReason"),
              usage(value),
              value.path("isContinued").asBoolean());
      case 'd' -> new ChatPart.End(Shape.textOrNull(value, "finishReason"), usage(value));
      default -> new ChatPart.Unknown(line.charAt(0), value);
    };
  }

  private static String text(JsonNode value) throws UnusableAnswerException {
    if (!value.isTextual()) {
      throw UnusableAnswerException.shape("has a text part without a text");
    }
    return value.textValue();
  }

  private static ChatPart.Usage usage(JsonNode value) {
    var usage = value.path("usage");
    return new ChatPart.Usage(
        tokens(usage.path("promptTokens")), tokens(usage.path("completionTokens")));
  }

  /** A provider that does not count shows as {@code null}. */
  private static OptionalLong tokens(JsonNode count) {
    return count.canConvertToLong() ? OptionalLong.of(count.longValue()) : OptionalLong.empty();
  }
}
