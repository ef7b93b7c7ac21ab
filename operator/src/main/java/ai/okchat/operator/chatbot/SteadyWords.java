package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.ConditionValue;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Next;
import java.util.Optional;

/**
 * What passes by itself is said in the words of its first time: a backend that is down says so in
 * many ways, and each would cost a write for each object at each retry. Pure.
 */
final class SteadyWords {

  private SteadyWords() {}

  /** The failure as it was told before, where only its words are new. */
  static Failure of(Chatbot chatbot, Failure failure) {
    return told(chatbot)
        .filter(_ -> failure.next() instanceof Next.Backoff)
        .filter(it -> it.reason() == failure.reason() && it.truth() == failure.ready())
        .map(
            it ->
                new Failure(
                    failure.ready(),
                    failure.reason(),
                    it.message(),
                    failure.stalled(),
                    failure.next()))
        .orElse(failure);
  }

  /** Of this generation: an edit deserves news of its own. */
  private static Optional<ConditionValue> told(Chatbot chatbot) {
    return Optional.ofNullable(chatbot.getStatus())
        .filter(it -> chatbot.getMetadata().getGeneration().equals(it.observedGeneration()))
        .flatMap(it -> Conditions.value(it.conditions(), ConditionType.Ready));
  }
}
