package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.api.v1alpha1.RecordedBackend;
import ai.okchat.api.v1alpha1.RecordedClaim;
import ai.okchat.client.Bot;
import ai.okchat.operator.status.ConditionValue;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.StandardConditions;
import ai.okchat.planning.AvatarSource;
import ai.okchat.planning.DesiredBot;
import ai.okchat.planning.Difference;
import ai.okchat.planning.DriftFormatter;
import ai.okchat.planning.Plan;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Builds the whole status of a Chatbot after a reconciliation from the previous status. A failure
 * never drops ID, slug or digests, and drift that was only reported does not count as sent. Pure.
 */
final class ChatbotStatusFactory {

  private ChatbotStatusFactory() {}

  static ChatbotStatus matched(Chatbot chatbot, SyncResult.Matched matched, Instant now) {
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
        DriftFormatter.of(matched.drift()));
  }

  /**
   * @param known the status to continue with: the previous one, and the result until the failure
   */
  static ChatbotStatus failed(Chatbot chatbot, Failure failure, ChatbotStatus known, Instant now) {
    return withConditions(chatbot, known, ChatbotConditions.failed(failure, known), now);
  }

  static ChatbotStatus paused(Chatbot chatbot, String message, Instant now) {
    return withConditions(
        chatbot, before(chatbot), StandardConditions.paused(chatbot, message), now);
  }

  private static ChatbotStatus withConditions(
      Chatbot chatbot, ChatbotStatus known, List<ConditionValue> values, Instant now) {
    return new ChatbotStatus(
        chatbot.getMetadata().getGeneration(),
        conditions(chatbot, values, now),
        known.id(),
        known.slug(),
        known.organizationId(),
        known.backend(),
        known.claim(),
        known.appliedDigest(),
        known.promptDigest(),
        known.avatarDigest(),
        known.chatWidgetDigest(),
        known.drift());
  }

  /**
   * Returns the status with this bot. Values that were sent to another bot do not count for it.
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

  /** Returns the status after the avatar was sent again; unchanged if it was never sent. */
  static ChatbotStatus withAvatar(ChatbotStatus before, DesiredBot desired) {
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

  private static @Nullable String avatarDigest(DesiredBot desired) {
    return desired.avatar().map(AvatarSource::digest).orElse(null);
  }

  /**
   * Returns the status of an object that does not own a bot: without a claim, and with an ID only
   * as a record.
   */
  static ChatbotStatus withoutClaim(Chatbot chatbot) {
    var before = before(chatbot);
    return before.id() == null ? withoutBot(before, null, null) : before;
  }

  /**
   * Returns the status of an object without a bot while its create is not resolved.
   *
   * @param origin the backend object that the create is sent through
   */
  static ChatbotStatus withClaim(Chatbot chatbot, RecordedClaim claim, RecordedBackend origin) {
    return withoutBot(before(chatbot), origin, claim);
  }

  /**
   * Returns the same status for an earlier create; keeps the recorded account of that create.
   *
   * @param claim of that create
   */
  static ChatbotStatus withEarlierClaim(Chatbot chatbot, Claim claim, RecordedBackend origin) {
    return withClaim(chatbot, claim.sentBefore(before(chatbot).claim()), origin);
  }

  /** Returns the status of an object that has neither a bot nor a claim. */
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

  /** Returns the previous status; empty if there is none. */
  static ChatbotStatus before(Chatbot chatbot) {
    return chatbot.getStatus() == null ? ChatbotStatus.empty() : chatbot.getStatus();
  }
}
