package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.operator.backend.BackendKey;
import ai.okchat.operator.backend.Connection;
import ai.okchat.operator.backend.Connections;
import ai.okchat.operator.backend.Resolution;
import ai.okchat.operator.backend.Resolution.Connected;
import ai.okchat.operator.backend.Resolution.Denied;
import ai.okchat.operator.backend.Resolution.Unresolved;
import ai.okchat.operator.okchat.Bot;
import ai.okchat.operator.okchat.FailureKind;
import ai.okchat.operator.okchat.OkChatException;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Deletes the bot of a Chatbot from the backend, and only that bot. Says what may happen to the
 * object then, and leaves that to {@link Deletion}.
 */
final class BotRemoval {

  /** What may happen to the object now. */
  sealed interface Verdict {

    /** Nothing of the object is left in the backend. */
    record Release(Optional<String> deletedId) implements Verdict {}

    /**
     * The bot stays, or may exist where the operator cannot find it.
     *
     * @param why for the receipt
     * @param message for the Event, with a place for the name of the receipt
     */
    record Orphan(String why, String message) implements Verdict {}

    /** Not yet; the object stays and says why. */
    record Wait(Failure failure) implements Verdict {}

    /** The backend object or its Secret is gone, and no usable key is in memory. */
    record NoWay(Failure failure) implements Verdict {}
  }

  private static final Verdict NOTHING_LEFT = new Verdict.Release(Optional.empty());

  private final ChatbotIndex index;
  private final Connections connections;
  private final Clock clock;

  BotRemoval(ChatbotIndex index, Connections connections, Clock clock) {
    this.index = index;
    this.connections = connections;
    this.clock = clock;
  }

  /**
   * One step of the deletion.
   *
   * @throws OkChatException if the backend does not give a conclusive response
   */
  Verdict advance(Chatbot chatbot, Resolution backend) {
    return switch (backend) {
      case Connected(var connection) -> advance(chatbot, connection);
      case Denied(var failure) -> new Verdict.Wait(failure);
      case Unresolved(var failure) ->
          connections
              .lastGood(BackendKey.of(chatbot))
              .map(connection -> advanceWithOldKey(chatbot, connection, failure))
              .orElseGet(() -> new Verdict.NoWay(failure));
    };
  }

  /** A key in memory that the backend rejects is no access any longer. */
  private Verdict advanceWithOldKey(Chatbot chatbot, Connection connection, Failure failure) {
    try {
      return advance(chatbot, connection);
    } catch (OkChatException e) {
      if (e.kind() == FailureKind.CREDENTIALS_REJECTED) {
        return new Verdict.NoWay(failure);
      }
      throw e;
    }
  }

  private Verdict advance(Chatbot chatbot, Connection connection) {
    var status = chatbot.getStatus();
    if (status == null || status.id() == null) {
      return Claim.unresolvedOn(chatbot)
          .map(claim -> deleteClaimed(chatbot, claim, connection))
          .orElse(NOTHING_LEFT);
    }
    var inventory = connection.account().inventory();
    inventory.ensureAsked().filter(e -> !isAboutTheList(e)).ifPresent(BotRemoval::fail);
    if (inventory.excludes(status.organizationId())) {
      return new Verdict.Wait(OwnershipFailures.accountChanged(status));
    }
    return connection.isOrigin(status.backend())
        ? deleteRecorded(chatbot, status, status.id(), connection)
        : deleteOfOtherOrigin(chatbot, status.id(), connection);
  }

  /** A list that is too long or of an unknown shape says nothing about a request by ID. */
  private static boolean isAboutTheList(OkChatException e) {
    return e.kind() == FailureKind.UNEXPECTED_ANSWER;
  }

  private Verdict deleteRecorded(
      Chatbot chatbot, ChatbotStatus status, String id, Connection connection) {
    if (hasOtherOwner(id, chatbot, connection)) {
      return NOTHING_LEFT;
    }
    if (!BotOwnership.mayDelete(chatbot)) {
      return restored(id);
    }
    return delete(chatbot, id, status, connection);
  }

  /** The ID counts only where it was obtained; here only the slug can find the bot again. */
  private Verdict deleteOfOtherOrigin(Chatbot chatbot, String id, Connection connection) {
    var blocked = new Verdict.Wait(OwnershipFailures.originChanged(chatbot, id));
    var slug = Claim.recordedSlug(chatbot);
    if (BackendKey.of(chatbot).isShared() || slug.isEmpty()) {
      return blocked;
    }
    var inventory = connection.account().inventory();
    inventory.refresh().ifPresent(BotRemoval::fail);
    return inventory
        .withSlug(slug.get())
        .map(bot -> deleteFound(chatbot, bot, connection, blocked))
        .orElse(blocked);
  }

  /** The ID was lost, or never known. */
  private Verdict deleteClaimed(Chatbot chatbot, Claim claim, Connection connection) {
    if (BotObserver.isClaimedElsewhere(chatbot, connection)) {
      return new Verdict.Wait(OwnershipFailures.claimedElsewhere(claim.slug()));
    }
    var inventory = connection.account().inventory();
    inventory.ensureAsked().ifPresent(BotRemoval::fail);
    var grace = BotObserver.graceLeft(claim, connection, clock.instant());
    if (inventory.withSlug(claim.slug()).isEmpty() && grace.isPositive()) {
      return new Verdict.Wait(OwnershipFailures.awaitingCreate(grace));
    }
    inventory.refresh().ifPresent(BotRemoval::fail);
    var found = inventory.withSlug(claim.slug());
    if (found.isEmpty() && !inventory.confirmsEmptiness(connection.pollInterval())) {
      return new Verdict.Wait(OwnershipFailures.awaitingCreate(connection.pollInterval()));
    }
    return found
        .map(bot -> deleteFound(chatbot, bot, connection, NOTHING_LEFT))
        .orElseGet(() -> notFound(chatbot, claim.slug()));
  }

  /** Without the record of the account, the bot may exist in another one. */
  private static Verdict notFound(Chatbot chatbot, String slug) {
    var recorded = ChatbotReport.before(chatbot).claim();
    return recorded != null && recorded.account() != null
        ? NOTHING_LEFT
        : new Verdict.Orphan(
            "The account of the backend has no bot with the slug %s, and the record of the account that its create was sent to was lost."
                .formatted(slug),
            "Found no bot with the slug %s. The record of its account was lost, so the ConfigMap %%s has the ways to delete it in another account."
                .formatted(slug));
  }

  private static Verdict restored(String id) {
    return new Verdict.Orphan(
        "The Chatbot was restored and did not create the bot %s.".formatted(id),
        "Left the bot %s: this Chatbot was restored and did not create it; the ConfigMap %%s has the ways to adopt or delete it."
            .formatted(id));
  }

  /** Deletes a bot that was found by its slug, if it certainly is the one of this object. */
  private Verdict deleteFound(Chatbot chatbot, Bot bot, Connection connection, Verdict otherwise) {
    if (hasOtherOwner(bot.id(), chatbot, connection)) {
      return NOTHING_LEFT;
    }
    var ownership = BotOwnership.of(chatbot, bot, connection.origin(), Optional.empty());
    if (!(ownership instanceof BotOwnership.Owned(var basis))
        || basis == BotOwnership.Basis.ADOPTED) {
      return otherwise; // A bot that this object may adopt, and never did, is not its own.
    }
    return BotOwnership.mayDelete(chatbot)
        ? delete(
            chatbot, bot.id(), ChatbotReport.withBot(null, bot, connection.origin()), connection)
        : restored(bot.id());
  }

  private boolean hasOtherOwner(String id, Chatbot chatbot, Connection connection) {
    return index.otherOwnerAnywhere(id, chatbot, connection.origin()).isPresent();
  }

  /** Deleted means: the backend accepted it, and does not know the ID any longer. */
  private Verdict delete(Chatbot chatbot, String id, ChatbotStatus status, Connection connection) {
    var account = connection.account();
    var isAccepted = account.call(client -> client.deleteChatbot(id));
    if (account.call(client -> client.getChatbot(id)).isPresent()) {
      return new Verdict.Wait(
          Failure.waiting(
              Reason.Deleting,
              "The backend accepted the deletion and still shows the bot.",
              Duration.ofSeconds(5)));
    }
    var mayLag = BotObserver.isNew(chatbot, clock.instant()) && !account.inventory().hasShown(id);
    return isAccepted ? deleted(id, connection) : deletedBefore(id, mayLag, status, connection);
  }

  /** A 404 alone may come from another account: a list has to show that it is the right one. */
  private static Verdict deletedBefore(
      String id, boolean mayLag, ChatbotStatus status, Connection connection) {
    var inventory = connection.account().inventory();
    if (!mayLag) {
      inventory.forgetCreate(id);
    }
    inventory.refresh().ifPresent(BotRemoval::fail);
    if (inventory.excludes(status.organizationId())) {
      return new Verdict.Wait(OwnershipFailures.accountChanged(status));
    }
    if (inventory.isInconclusiveAbout(id)) {
      return new Verdict.Wait(OwnershipFailures.accountUnprovedAtDeletion(id));
    }
    if (mayLag || inventory.bot(id).isPresent()) {
      return new Verdict.Wait(OwnershipFailures.awaitingSightBeforeTheEnd());
    }
    return deleted(id, connection);
  }

  private static Verdict deleted(String id, Connection connection) {
    connection.account().inventory().remove(id);
    return new Verdict.Release(Optional.of(id));
  }

  private static void fail(OkChatException e) {
    throw e;
  }
}
