package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.operator.okchat.Bot;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.ConditionValue;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole status of a Chatbot after a pass, built from the one before: a failed pass never drops
 * id, slug or digests, and what was only reported is not taken for sent. Pure.
 */
final class ChatbotReport {

  private ChatbotReport() {}

  static ChatbotStatus matched(Chatbot chatbot, Outcome.Matched matched, Instant now) {
    var bot = matched.bot();
    var desired = matched.desired();
    var isSent = matched.why() == Reason.InSync;
    var before = withFound(chatbot, bot);
    return new ChatbotStatus(
        chatbot.getMetadata().getGeneration(),
        conditions(chatbot, ChatbotConditions.matched(matched), now),
        bot.id(),
        bot.slug(),
        bot.organizationId(),
        desired.digest(),
        desired.promptDigest(),
        isSent ? desired.avatar().map(AvatarSource::digest).orElse(null) : before.avatarDigest(),
        isSent ? desired.chatWidgetDigest().orElse(null) : before.chatWidgetDigest(),
        DriftText.of(matched.drift()));
  }

  /**
   * @param found a bot that the pass came to know before it failed
   */
  static ChatbotStatus failed(Chatbot chatbot, Failure failure, @Nullable Bot found, Instant now) {
    var kept = withFound(chatbot, found);
    var values = keepingDrift(ChatbotConditions.failed(failure), kept);
    return kept(chatbot, kept, values, now);
  }

  /** Drift that was seen before the failure is still there as far as anybody knows. */
  private static List<ConditionValue> keepingDrift(
      List<ConditionValue> values, ChatbotStatus before) {
    if (before.drift().isEmpty()) {
      return values;
    }
    return values.stream()
        .map(
            it ->
                it.type() == ConditionType.DriftDetected
                    ? Conditions.value(before.conditions(), it.type()).orElse(it)
                    : it)
        .toList();
  }

  static ChatbotStatus paused(Chatbot chatbot, String message, Instant now) {
    var before = before(chatbot);
    return kept(chatbot, before, ChatbotConditions.paused(saidOfThis(chatbot), message), now);
  }

  /** What was said of an older generation is no news of this one, which nobody looks at. */
  private static List<Condition> saidOfThis(Chatbot chatbot) {
    var before = before(chatbot);
    return chatbot.getMetadata().getGeneration().equals(before.observedGeneration())
        ? before.conditions()
        : List.of();
  }

  private static ChatbotStatus kept(
      Chatbot chatbot, ChatbotStatus kept, List<ConditionValue> values, Instant now) {
    return new ChatbotStatus(
        chatbot.getMetadata().getGeneration(),
        conditions(chatbot, values, now),
        kept.id(),
        kept.slug(),
        kept.organizationId(),
        kept.appliedDigest(),
        kept.promptDigest(),
        kept.avatarDigest(),
        kept.chatWidgetDigest(),
        kept.drift());
  }

  /** What was sent to another bot than the one that was found does not count for it. */
  private static ChatbotStatus withFound(Chatbot chatbot, @Nullable Bot found) {
    var before = before(chatbot);
    if (found == null || found.id().equals(before.id())) {
      return before;
    }
    return new ChatbotStatus(
        before.observedGeneration(),
        before.conditions(),
        found.id(),
        found.slug(),
        found.organizationId(),
        null,
        null,
        null,
        null,
        List.of());
  }

  private static List<Condition> conditions(
      Chatbot chatbot, List<ConditionValue> values, Instant now) {
    return Conditions.merge(
        before(chatbot).conditions(), values, chatbot.getMetadata().getGeneration(), now);
  }

  private static ChatbotStatus before(Chatbot chatbot) {
    return chatbot.getStatus() == null ? ChatbotStatus.empty() : chatbot.getStatus();
  }
}
