package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.ConditionValue;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Requeue;
import java.util.Optional;

/**
 * Keeps the first message of a transient failure: a backend that is down fails in many ways, and
 * each message would cost a write for each object at each retry. Pure.
 */
final class StableMessages {

  private StableMessages() {}

  /** Returns the failure with the reported message, if only the message differs. */
  static Failure of(Chatbot chatbot, Failure failure) {
    return reported(chatbot)
        .filter(_ -> failure.next() instanceof Requeue.Backoff)
        .filter(ready -> ready.reason() == failure.reason() && ready.truth() == failure.ready())
        .map(
            ready ->
                new Failure(
                    failure.ready(),
                    failure.reason(),
                    ready.message(),
                    failure.stalled(),
                    failure.next()))
        .orElse(failure);
  }

  /** Returns the condition Ready of this generation: an edit gets a message of its own. */
  private static Optional<ConditionValue> reported(Chatbot chatbot) {
    return Conditions.value(Conditions.ofCurrentGeneration(chatbot), ConditionType.Ready);
  }
}
