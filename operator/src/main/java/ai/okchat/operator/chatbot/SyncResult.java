package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.api.v1alpha1.RecordedBackend;
import ai.okchat.client.Bot;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import ai.okchat.planning.DesiredBot;
import ai.okchat.planning.Difference;
import java.time.Duration;
import java.util.List;

/** The result of a reconciliation. */
sealed interface SyncResult {

  /**
   * The bot matches the spec, or differs only in fields that the spec allows to differ.
   *
   * @param origin the backend object that the bot was found through
   * @param drift changes by other clients in the backend that are not corrected
   * @param why they are not corrected: the policy, or since they recur
   */
  record Matched(
      Bot bot, RecordedBackend origin, DesiredBot desired, List<Difference> drift, Reason why)
      implements SyncResult {}

  /**
   * The bot is not in sync.
   *
   * @param known the status to continue with: the previous one, and the result until the failure
   */
  record Blocked(Failure failure, ChatbotStatus known) implements SyncResult {}

  /** Nothing new is known; the status stays unchanged. */
  record Unchanged(Duration requeueAfter) implements SyncResult {}
}
