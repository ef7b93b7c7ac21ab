package ai.okchat.sandbox.conversation;

import ai.okchat.sandbox.knowledge.Hit;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Writes what the bot says to a question, from the passages that the search found for it. */
@FunctionalInterface
public interface AnswerWriter {
  /**
   * Never fails: there is always something to say.
   *
   * @param settings of the bot
   * @param hits best first; none when nothing was found
   */
  Answer write(JsonNode settings, ChatRequest request, List<Hit> hits);

  /** Quotes the best passage, or says that there is none. */
  static AnswerWriter quoting() {
    return (_, _, hits) -> Answer.quoting(hits);
  }
}
