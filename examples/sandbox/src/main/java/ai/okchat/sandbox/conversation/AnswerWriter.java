package ai.okchat.sandbox.conversation;

import ai.okchat.sandbox.knowledge.Hit;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Writes the answer of a bot to a question, from the passages that the search found. */
@FunctionalInterface
public interface AnswerWriter {
  /**
   * Writes the answer. Never fails.
   *
   * @param settings of the bot
   * @param hits best first; empty if nothing was found
   */
  Answer write(JsonNode settings, ChatRequest request, List<Hit> hits);

  /** Returns a writer that quotes the best passage; without a passage, the answer says so. */
  static AnswerWriter quoting() {
    return (_, _, hits) -> Answer.quoting(hits);
  }
}
