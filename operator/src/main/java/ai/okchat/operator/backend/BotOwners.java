package ai.okchat.operator.backend;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.RecordedBackend;
import java.util.Set;

/** Knows which Chatbot owns a bot. Asked by every kind whose requests are about a bot. */
public interface BotOwners {

  /**
   * Whether another Chatbot owns the bot that this one has in its status.
   *
   * @param origins what IDs of the account are recorded with
   */
  boolean isOwnedByAnother(Chatbot chatbot, Set<RecordedBackend> origins);
}
