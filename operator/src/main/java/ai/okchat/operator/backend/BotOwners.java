package ai.okchat.operator.backend;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.RecordedBackend;

/** Finds the Chatbot that owns a bot. Called by every kind whose requests are about a bot. */
public interface BotOwners {

  /**
   * Returns whether another Chatbot owns the bot in the status of this one.
   *
   * @param origin the backend object through which the bot is reached
   */
  boolean isOwnedByAnother(Chatbot chatbot, RecordedBackend origin);

  /**
   * Returns whether the deletion of this Chatbot may delete its bot: a restored one did not create
   * it.
   */
  boolean mayDelete(Chatbot chatbot);
}
