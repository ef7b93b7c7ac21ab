package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.api.v1alpha1.RecordedBackend;
import ai.okchat.operator.okchat.Bot;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import java.time.Duration;
import java.util.List;

/** How a pass ended. */
sealed interface Outcome {

  /**
   * The bot is as the spec asks, or differs only where the spec lets it.
   *
   * @param origin the backend object that the bot was found through
   * @param drift what somebody changed in the backend and stays
   * @param why it stays: by policy, or since it keeps coming back
   */
  record Matched(
      Bot bot, RecordedBackend origin, Desired desired, List<Difference> drift, Reason why)
      implements Outcome {}

  /**
   * Not in sync.
   *
   * @param known the status to go on from: what was there, and what the reconciliation learned
   */
  record Held(Failure failure, ChatbotStatus known) implements Outcome {}

  /** Nothing new is known: the status stands. */
  record Unchanged(Duration recheck) implements Outcome {}
}
