package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Adoption;
import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.operator.backend.BackendKey;
import ai.okchat.operator.chatbot.Observation.Bond;
import ai.okchat.operator.chatbot.Observation.Foreign;
import ai.okchat.operator.chatbot.Observation.Present;
import ai.okchat.operator.okchat.Bot;
import ai.okchat.operator.okchat.FailureKind;
import ai.okchat.operator.okchat.OkChatException;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Whose a bot is, and the words for when it is not ours. Pure. */
final class Identity {

  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

  private Identity() {}

  /**
   * A bot with the recorded slug. Ours if this very object claimed the slug, or if the slug can
   * only be meant for an object of this name, which is how a restored object finds its bot. Where
   * namespaces share the account, annotations could claim any bot: the slug must be this object's
   * now, and the bot not older than it.
   */
  static Observation bond(Chatbot chatbot, Claim claim, Bot bot) {
    var isOurs =
        BackendKey.of(chatbot).isShared()
            ? claim.isBy(chatbot)
                && claim.slug().equals(Claim.wantedSlug(chatbot))
                && !isOlder(bot, chatbot)
            : claim.isBy(chatbot) || claim.fits(chatbot);
    return isOurs ? new Present(bot, Bond.CLAIMED) : found(chatbot, claim.slug(), bot);
  }

  /** A bot that was there before. One of a shared account may be another namespace's. */
  static Observation found(Chatbot chatbot, String slug, Bot bot) {
    if (BackendKey.of(chatbot).isShared()) {
      return new Foreign(slugTakenInSharedAccount(slug));
    }
    return chatbot.getSpec().adoption() == Adoption.BY_SLUG
        ? new Present(bot, Bond.ADOPTED)
        : new Foreign(slugTaken(slug));
  }

  /** Unknown counts as older. */
  private static boolean isOlder(Bot bot, Chatbot chatbot) {
    try {
      var made = OffsetDateTime.parse(bot.fields().path("created_at").asText()).toInstant();
      var declared = Instant.parse(chatbot.getMetadata().getCreationTimestamp());
      return made.isBefore(declared.minus(CLOCKS_DIFFER));
    } catch (DateTimeParseException e) {
      return true;
    }
  }

  /** Whether both are known and not the same. */
  static boolean differs(@Nullable String one, @Nullable String other) {
    return one != null && other != null && !one.equals(other);
  }

  /**
   * Why a create was refused: the words of the backend do not say for certain that it is the slug.
   */
  static Failure refused(String slug, OkChatException refusal, boolean slugIsTaken) {
    return slugIsTaken || refusal.kind() == FailureKind.CONFLICT
        ? slugTaken(slug)
        : Failure.of(refusal);
  }

  static Failure slugTaken(String slug) {
    return Failure.stalled(
        Reason.SlugTaken,
        "A bot with the slug %s exists and was not made by this object. Choose another spec.slug, or take it over with spec.adoption: BySlug."
            .formatted(slug));
  }

  private static Failure slugTakenInSharedAccount(String slug) {
    return Failure.stalled(
        Reason.SlugTaken,
        "A bot with the slug %s exists and was not made by this object. Choose another spec.slug. A bot of an account that namespaces share is not taken over, also not with spec.adoption: BySlug."
            .formatted(slug));
  }

  /** What other namespaces hold is told to nobody who only shares an account with them. */
  static Failure slugClaimed(String slug, Chatbot rival, Chatbot chatbot) {
    var isNeighbour =
        rival.getMetadata().getNamespace().equals(chatbot.getMetadata().getNamespace());
    return isNeighbour || !BackendKey.of(chatbot).isShared()
        ? slugClaimed(slug, rival)
        : slugTakenInSharedAccount(slug);
  }

  static Failure slugClaimed(String slug, Chatbot rival) {
    return Failure.stalled(
        Reason.SlugClaimed,
        "The slug %s belongs to the Chatbot %s/%s. Choose another spec.slug; if the annotation %s was copied from there, remove it."
            .formatted(
                slug,
                rival.getMetadata().getNamespace(),
                rival.getMetadata().getName(),
                Claim.SLUG_ANNOTATION));
  }

  static Failure slugChanged(String recorded) {
    return Failure.stalled(
        Reason.SlugChanged,
        "spec.slug differs from the slug %s under which the bot was asked for; a slug is fixed from then on. Set spec.slug back, or delete the Chatbot and create it anew."
            .formatted(recorded));
  }

  /**
   * No approval for this one: the slug stays taken by the old bot, so the new needs a new object.
   */
  static Failure accountChanged(ChatbotStatus status) {
    return Failure.stalled(
        Reason.AccountChanged,
        "The API key now opens another account than the one with the bot %s (organization %s). Put the key of that account back; or delete this Chatbot with spec.deletionPolicy: Orphan, which leaves that bot, and create it anew."
            .formatted(status.id(), status.organizationId()));
  }

  /** Nothing shows whose account it is that lists no bot. */
  static Failure accountUnproved(String id) {
    return Failure.stalled(
        Reason.AccountChanged,
        "The account lists no bot at all, so it may be another one than that with the bot %s. If the bot was deleted there, annotate this Chatbot with %s=%s to have it made again; else put the key of its account back."
            .formatted(id, Approval.ANNOTATION, id));
  }

  static Failure awaitingSight(Duration recheck) {
    return Failure.waiting(
        Reason.WaitingForBackend,
        "The backend does not show the bot at present; it is looked for again before anything is"
            + " made.",
        recheck);
  }

  static Failure botMissing(String id) {
    return Failure.stalled(
        Reason.BotMissing,
        "The bot %s was deleted in the backend. Set spec.driftPolicy: Enforce to have it made again, or delete this Chatbot."
            .formatted(id));
  }

  static Failure awaitingCreate(Duration recheck) {
    return Failure.waiting(
        Reason.WaitingForBackend,
        "It is not known whether the backend made the bot; it is looked for before another is asked"
            + " for.",
        recheck);
  }
}
