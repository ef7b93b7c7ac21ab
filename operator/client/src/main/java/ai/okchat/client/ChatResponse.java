package ai.okchat.client;

import org.jspecify.annotations.Nullable;

/**
 * The answer of a bot. The backend also echoes the request and the headers of its provider (Q16),
 * including the prompt and cookies; the operator does not read them.
 *
 * @param output Markdown
 * @param finishReason e.g. {@code stop}
 */
public record ChatResponse(String output, @Nullable String finishReason) {
  @Override
  public String toString() {
    return "ChatResponse[" + output.length() + " characters, " + finishReason + "]";
  }
}
