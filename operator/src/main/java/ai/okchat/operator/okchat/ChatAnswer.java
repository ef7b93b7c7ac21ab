package ai.okchat.operator.okchat;

import org.jspecify.annotations.Nullable;

/**
 * What a bot answered. The backend also echoes its provider's request and headers (Q16), with the
 * prompt and cookies in them: they are not read.
 *
 * @param output Markdown
 * @param finishReason e.g. {@code stop}
 */
public record ChatAnswer(String output, @Nullable String finishReason) {
  @Override
  public String toString() {
    return "ChatAnswer[" + output.length() + " characters, " + finishReason + "]";
  }
}
