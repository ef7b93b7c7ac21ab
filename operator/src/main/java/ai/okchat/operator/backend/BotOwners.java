package ai.okchat.operator.backend;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.RecordedBackend;

/** Knows which Chatbot owns a bot. Asked by every kind whose requests are about a bot. */
public interface BotOwners {

  /**
   * Whether another Chatbot owns the bot that this one has in its status.
   *
   * @param origin the backend object that the bot is reached through
   */
  boolean isOwnedByAnother(Chatbot chatbot, RecordedBackend origin);

  /** Whether the deletion of this Chatbot may delete its bot: a restored one did not create it. */
  boolean mayDelete(Chatbot chatbot);
}
