package ai.okchat.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One part of a streamed answer: a line {@code <code>:<json>} of the AI SDK 4 data stream (SPEC
 * 2.14). Parts with texts of the conversation do not print them.
 */
public sealed interface ChatPart {

  /** Tokens that a step or a complete answer used, if the provider reports them. */
  record Usage(OptionalLong promptTokens, OptionalLong completionTokens) {}

  /** {@code f}: a step of the answer begins. */
  record StepStart(@Nullable String messageId) implements ChatPart {}

  /** {@code 0}: the next piece of the answer, Markdown. */
  record Text(String delta) implements ChatPart {
    @Override
    public String toString() {
      return "Text[" + delta.length() + " characters]";
    }
  }

  /** {@code 9}: the model calls a tool. */
  record ToolCall(String toolCallId, String toolName, JsonNode args) implements ChatPart {
    @Override
    public String toString() {
      return "ToolCall[" + toolCallId + ", " + toolName + "]";
    }
  }

  /** {@code a}: the result of a tool call. */
  record ToolResult(String toolCallId, JsonNode result) implements ChatPart {
    @Override
    public String toString() {
      return "ToolResult[" + toolCallId + "]";
    }
  }

  /** {@code b}: the stream of a tool call begins. */
  record ToolCallStart(String toolCallId, String toolName) implements ChatPart {}

  /** {@code c}: the next piece of the arguments of a tool call, as JSON text. */
  record ToolCallDelta(String toolCallId, String argsTextDelta) implements ChatPart {
    @Override
    public String toString() {
      return "ToolCallDelta[" + toolCallId + "]";
    }
  }

  /** {@code 2}: additional values from the backend. */
  record Data(JsonNode values) implements ChatPart {
    @Override
    public String toString() {
      return "Data[" + values.size() + " values]";
    }
  }

  /** {@code 8}: values that the backend attaches to the message. */
  record Annotations(JsonNode values) implements ChatPart {
    @Override
    public String toString() {
      return "Annotations[" + values.size() + " values]";
    }
  }

  /** {@code 3}: the answer failed before its end. The message is bounded and redacted. */
  record Failed(String message) implements ChatPart {}

  /** {@code e}: a step ends; {@code continued} if the next step continues its text. */
  record StepEnd(@Nullable String finishReason, Usage usage, boolean continued)
      implements ChatPart {}

  /** {@code d}: the answer is complete. */
  record End(@Nullable String finishReason, Usage usage) implements ChatPart {}

  /** A code that this version does not know. */
  record Unknown(char code, JsonNode value) implements ChatPart {
    @Override
    public String toString() {
      return "Unknown[" + code + "]";
    }
  }
}
