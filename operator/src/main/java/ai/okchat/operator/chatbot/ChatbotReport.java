package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.api.v1alpha1.RecordedBackend;
import ai.okchat.api.v1alpha1.RecordedClaim;
import ai.okchat.operator.okchat.Bot;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.ConditionValue;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Failure;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
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
    var differing = matched.drift().stream().map(Difference::path).toList();
    var before = withBot(chatbot.getStatus(), bot, matched.origin());
    return new ChatbotStatus(
        chatbot.getMetadata().getGeneration(),
        conditions(chatbot, ChatbotConditions.matched(matched), now),
        bot.id(),
        bot.slug(),
        bot.organizationId(),
        matched.origin(),
        null,
        desired.digest(),
        desired.promptDigest(),
        differing.contains(Plan.AVATAR) ? before.avatarDigest() : avatarDigest(desired),
        differing.contains(Plan.CHAT_WIDGET)
            ? before.chatWidgetDigest()
            : desired.chatWidgetDigest().orElse(null),
        DriftText.of(matched.drift()));
  }

  /**
   * @param known the status to go on from: what was there, and what the reconciliation learned
   */
  static ChatbotStatus failed(Chatbot chatbot, Failure failure, ChatbotStatus known, Instant now) {
    var values = keepingDrift(ChatbotConditions.failed(failure), known);
    return kept(chatbot, known, values, now);
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
        kept.backend(),
        kept.claim(),
        kept.appliedDigest(),
        kept.promptDigest(),
        kept.avatarDigest(),
        kept.chatWidgetDigest(),
        kept.drift());
  }

  /**
   * The status that has this bot. What was sent to another bot does not count for it.
   *
   * @param origin the backend object that the bot was found through
   */
  static ChatbotStatus withBot(@Nullable ChatbotStatus status, Bot bot, RecordedBackend origin) {
    var before = Objects.requireNonNullElseGet(status, ChatbotStatus::empty);
    var isSame = bot.id().equals(before.id());
    return new ChatbotStatus(
        before.observedGeneration(),
        before.conditions(),
        bot.id(),
        bot.slug(),
        bot.organizationId(),
        origin,
        null,
        isSame ? before.appliedDigest() : null,
        isSame ? before.promptDigest() : null,
        isSame ? before.avatarDigest() : null,
        isSame ? before.chatWidgetDigest() : null,
        isSame ? before.drift() : List.of());
  }

  /** The status once the avatar was sent; the same if it never was sent. */
  static ChatbotStatus withAvatar(ChatbotStatus before, Desired desired) {
    return new ChatbotStatus(
        before.observedGeneration(),
        before.conditions(),
        before.id(),
        before.slug(),
        before.organizationId(),
        before.backend(),
        before.claim(),
        before.appliedDigest(),
        before.promptDigest(),
        before.avatarDigest() == null ? null : avatarDigest(desired),
        before.chatWidgetDigest(),
        before.drift());
  }

  private static @Nullable String avatarDigest(Desired desired) {
    return desired.avatar().map(AvatarSource::digest).orElse(null);
  }

  /** The status of an object that does not own a bot: no claim, and an ID only as a record. */
  static ChatbotStatus withoutClaim(Chatbot chatbot) {
    var before = before(chatbot);
    return before.id() == null ? withoutBot(before, null, null) : before;
  }

  /**
   * The status of an object without a bot while its create is not resolved.
   *
   * @param origin the backend object that the create is sent through
   */
  static ChatbotStatus withClaim(Chatbot chatbot, RecordedClaim claim, RecordedBackend origin) {
    return withoutBot(before(chatbot), origin, claim);
  }

  /**
   * The same for a create that was sent before: where it was sent to stays as it is recorded.
   *
   * @param claim of that create
   */
  static ChatbotStatus withEarlierClaim(Chatbot chatbot, Claim claim, RecordedBackend origin) {
    return withClaim(chatbot, claim.sentBefore(before(chatbot).claim()), origin);
  }

  /** The status of an object that has neither a bot nor a claim. */
  static ChatbotStatus withoutBot(Chatbot chatbot) {
    return withoutBot(before(chatbot), null, null);
  }

  private static ChatbotStatus withoutBot(
      ChatbotStatus before, @Nullable RecordedBackend origin, @Nullable RecordedClaim claim) {
    return new ChatbotStatus(
        before.observedGeneration(),
        before.conditions(),
        null,
        null,
        null,
        origin,
        claim,
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

  /** What was there. */
  static ChatbotStatus before(Chatbot chatbot) {
    return chatbot.getStatus() == null ? ChatbotStatus.empty() : chatbot.getStatus();
  }
}
