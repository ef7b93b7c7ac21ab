package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Adoption;
import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.RecordedBackend;
import ai.okchat.client.Bot;
import ai.okchat.operator.backend.BackendKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides which object owns a bot that was found: before a create, after a rejected or ambiguous
 * create, after a restore, and before a deletion (design.md section 5.3). Every path that writes or
 * deletes a bot calls it. Pure.
 */
sealed interface BotOwnership {

  /** The largest difference between the clocks of operator, API server and backend. */
  Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

  /** The bot belongs to the object. */
  record Owned(Basis basis) implements BotOwnership {}

  /** Another object owns the bot. */
  record Conflict(Chatbot owner) implements BotOwnership {}

  /** The bot was not created by this object, and may not be adopted. */
  record Taken() implements BotOwnership {}

  /** The proof of the ownership. */
  enum Basis {
    /** The status has the ID, and it was obtained from this backend object. */
    ID,
    /** The object claimed the slug before the bot was created, and its create is unresolved. */
    CLAIM,
    /** The recorded slug fits only an object of this name: a restored object. */
    RESTORED,
    /** The bot existed before, and the spec allows to adopt it. */
    ADOPTED
  }

  /**
   * Decides the ownership; the first match wins.
   *
   * @param origin the backend object that the bot was found through
   * @param otherOwner another object with this ID, from this account, that has precedence
   */
  static BotOwnership of(
      Chatbot chatbot, Bot bot, RecordedBackend origin, Optional<Chatbot> otherOwner) {
    if (otherOwner.isPresent()) {
      return new Conflict(otherOwner.get());
    }
    if (hasId(chatbot, bot, origin)) {
      return new Owned(Basis.ID);
    }
    if (isClaimed(chatbot, bot, origin)) {
      return new Owned(Basis.CLAIM);
    }
    // On a shared account an ID or a slug alone proves nothing: other namespaces have bots there.
    if (BackendKey.of(chatbot).isShared()) {
      return new Taken();
    }
    if (isRestored(chatbot, bot)) {
      return new Owned(Basis.RESTORED);
    }
    return chatbot.getSpec().adoption() == Adoption.BY_SLUG
        ? new Owned(Basis.ADOPTED)
        : new Taken();
  }

  /**
   * Returns whether the deletion of the object may delete its bot. A restored object did not create
   * the bot: the original object, perhaps in another cluster, may still use it.
   */
  static boolean mayDelete(Chatbot chatbot) {
    return chatbot.getSpec().adoption() == Adoption.BY_SLUG
        || Claim.recordedAnywhere(chatbot).filter(claim -> !claim.isBy(chatbot)).isEmpty();
  }

  private static boolean hasId(Chatbot chatbot, Bot bot, RecordedBackend origin) {
    var status = chatbot.getStatus();
    return status != null && bot.id().equals(status.id()) && origin.equals(status.backend());
  }

  private static boolean isClaimed(Chatbot chatbot, Bot bot, RecordedBackend origin) {
    var isShared = BackendKey.of(chatbot).isShared();
    return Claim.unresolvedOn(chatbot)
        .filter(claim -> claim.isBy(chatbot) && claim.slug().equals(bot.slug()))
        .filter(claim -> !isShared || isClaimedThrough(chatbot, claim, origin))
        .filter(claim -> isOfNoOther(claim, chatbot) || !isOlder(bot, claim, isShared))
        .isPresent();
  }

  private static boolean isClaimedThrough(Chatbot chatbot, Claim claim, RecordedBackend origin) {
    return claim.slug().equals(Claim.desiredSlug(chatbot))
        && origin.equals(chatbot.getStatus().backend());
  }

  /** A derived slug contains the uid of the object, so a difference of clocks does not matter. */
  private static boolean isOfNoOther(Claim claim, Chatbot chatbot) {
    return !BackendKey.of(chatbot).isShared() && Claim.isDerived(claim.slug(), chatbot);
  }

  /** On a shared account a bot without a creation time counts as older. */
  private static boolean isOlder(Bot bot, Claim claim, boolean isShared) {
    var since = claim.at() == null ? Instant.MAX : claim.at().minus(CLOCK_TOLERANCE);
    return bot.createdAt().map(created -> created.isBefore(since)).orElse(isShared);
  }

  /**
   * Returns whether the object has a record that is not valid here, of a slug that fits no other
   * object.
   */
  private static boolean isRestored(Chatbot chatbot, Bot bot) {
    var status = chatbot.getStatus();
    var hasCopiedRecord =
        (status != null && status.id() != null)
            || Claim.recordedAnywhere(chatbot).filter(claim -> !claim.isBy(chatbot)).isPresent();
    return hasCopiedRecord
        && Claim.recordedSlug(chatbot)
            .filter(slug -> slug.equals(bot.slug()) && Claim.fits(slug, chatbot))
            .isPresent();
  }
}
