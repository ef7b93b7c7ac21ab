package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.client.FailureKind;
import ai.okchat.client.OkChatException;
import ai.okchat.operator.account.Inventory;
import ai.okchat.operator.backend.BackendKey;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import java.time.Duration;

/** Builds the failures of an object that does not own a bot, or does not own it yet. Pure. */
final class OwnershipFailures {

  private OwnershipFailures() {}

  /** Returns the failure for a bot that the object does not own. */
  static Failure of(BotOwnership ownership, String slug, Chatbot chatbot) {
    return switch (ownership) {
      case BotOwnership.Conflict(var owner) -> slugConflict(slug, owner, chatbot);
      case BotOwnership.Taken(), BotOwnership.Owned _ ->
          BackendKey.of(chatbot).isShared() ? slugTakenInSharedAccount(slug) : slugTaken(slug);
    };
  }

  /** Returns the failure of a rejected create. The slug is not always the cause. */
  static Failure rejected(String slug, OkChatException rejection, Chatbot chatbot) {
    return rejection.kind() == FailureKind.CONFLICT
        ? of(new BotOwnership.Taken(), slug, chatbot)
        : Failure.of(rejection);
  }

  static Failure slugTaken(String slug) {
    return Failure.stalled(
        Reason.SlugTaken,
        "A bot with the slug %s exists, and this object did not create it. Choose another spec.slug, or adopt the bot with spec.adoption: BySlug."
            .formatted(slug));
  }

  private static Failure slugTakenInSharedAccount(String slug) {
    return Failure.stalled(
        Reason.SlugTaken,
        "A bot with the slug %s exists, and this object did not create it. Choose another spec.slug. A bot of an account that namespaces share cannot be adopted, not even with spec.adoption: BySlug."
            .formatted(slug));
  }

  /** The message shows no object of another namespace to a tenant of a shared account. */
  static Failure slugConflict(String slug, Chatbot owner, Chatbot chatbot) {
    var isSameNamespace =
        owner.getMetadata().getNamespace().equals(chatbot.getMetadata().getNamespace());
    if (!isSameNamespace && BackendKey.of(chatbot).isShared()) {
      return chatbot.getStatus() == null || chatbot.getStatus().id() == null
          ? slugTakenInSharedAccount(slug)
          : Failure.stalled(
              Reason.SlugConflict,
              "The bot with the slug %s belongs to a Chatbot of another namespace. Delete this Chatbot; the bot stays."
                  .formatted(slug));
    }
    return Failure.stalled(
        Reason.SlugConflict,
        "The slug %s belongs to the Chatbot %s/%s. Choose another spec.slug; if the annotation %s was copied from there, remove it."
            .formatted(
                slug,
                owner.getMetadata().getNamespace(),
                owner.getMetadata().getName(),
                Claim.SLUG_ANNOTATION));
  }

  static Failure slugChanged(String recorded) {
    return Failure.stalled(
        Reason.ImmutableFieldChanged,
        "spec.slug differs from the slug %s that the bot was requested with, and a slug cannot change from then on. Restore spec.slug, or delete the Chatbot and create it again."
            .formatted(recorded));
  }

  /** The old bot keeps the slug, so the user needs a new object. */
  static Failure accountChanged(ChatbotStatus status) {
    return Failure.stalled(
        Reason.AccountChanged,
        "The API key opens another account than the one with the bot %s (organization %s). Restore the key of that account; or delete this Chatbot with spec.deletionPolicy: Orphan, which keeps that bot in the backend, and create it again."
            .formatted(status.id(), status.organizationId()));
  }

  /** The ID was obtained from another backend object or URL, so no request may use it. */
  static Failure originChanged(Chatbot chatbot, String id) {
    return Failure.stalled(
        Reason.AccountChanged,
        BackendKey.of(chatbot).isShared()
            ? "The bot %s was obtained from another backend object or URL than the one that the spec leads to. Restore that backend; or ask an administrator to confirm the new one in status.backend."
                .formatted(id)
            : "The bot %s was obtained from another backend object or URL than the one that the spec leads to, and this account has no bot with its slug. Restore that backend; or annotate this Chatbot with %s=%s to create the bot in this account."
                .formatted(id, RecreateApproval.ANNOTATION, id));
  }

  /** The bot may exist in the other account, which this key cannot read. */
  static Failure claimedElsewhere(String slug) {
    return Failure.stalled(
        Reason.AccountChanged,
        "The response to the create of the bot with the slug %s was lost, and the backend has another URL or API key since then. Restore it until the bot is found; or delete this Chatbot with spec.deletionPolicy: Orphan and create it again."
            .formatted(slug));
  }

  /** An empty list does not show which account it is of. */
  static Failure accountUnverified(String id) {
    return Failure.stalled(
        Reason.AccountChanged,
        "The account lists no bot, so it may be another account than the one with the bot %s. If the bot was deleted there, annotate this Chatbot with %s=%s to create it again; otherwise restore the key of its account."
            .formatted(id, RecreateApproval.ANNOTATION, id));
  }

  /** The same for a deletion, which does not create the bot again. */
  static Failure accountUnverifiedAtDeletion(String id) {
    return Failure.stalled(
        Reason.AccountChanged,
        "The account lists no bot, so it may be another account than the one with the bot %s. Restore the key of its account."
            .formatted(id));
  }

  static Failure awaitingVisibility(Duration delay) {
    return Failure.waiting(
        Reason.WaitingForBackend,
        "The backend does not show the bot. The operator looks for it again before it creates one.",
        delay);
  }

  /** Any response may omit a new bot, also the response to its deletion. */
  static Failure awaitingVisibilityAtDeletion() {
    return Failure.waiting(
        Reason.Deleting,
        "The backend did not find the bot, which is new or still listed. The operator deletes it"
            + " again before the Chatbot is removed.",
        Inventory.LIST_LAG.dividedBy(4));
  }

  static Failure botMissing(String id) {
    return Failure.stalled(
        Reason.BotMissing,
        "The bot %s was deleted in the backend. Set spec.driftPolicy: Enforce to create it again, or delete this Chatbot."
            .formatted(id));
  }

  static Failure recreating(String id) {
    return Failure.waiting(
        Reason.WaitingForBackend,
        "The bot %s does not exist in the backend any longer. The operator creates it again."
            .formatted(id),
        Duration.ofSeconds(1));
  }

  static Failure creating() {
    return Failure.waiting(
        Reason.WaitingForBackend, "The operator creates the bot.", Duration.ofSeconds(1));
  }

  static Failure awaitingCreate(Duration delay) {
    return Failure.waiting(
        Reason.WaitingForBackend,
        "The response to the create was lost. The operator looks for the bot before it creates"
            + " another one.",
        delay);
  }
}
