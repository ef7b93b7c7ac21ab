package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.client.Bot;
import ai.okchat.client.FailureKind;
import ai.okchat.client.OkChatException;
import ai.okchat.operator.backend.BackendKey;
import ai.okchat.operator.backend.BackendResolution;
import ai.okchat.operator.backend.BackendResolution.Connected;
import ai.okchat.operator.backend.BackendResolution.Denied;
import ai.okchat.operator.backend.BackendResolution.Unresolved;
import ai.okchat.operator.backend.BackendResolver;
import ai.okchat.operator.backend.Connection;
import ai.okchat.operator.lifecycle.DeletionTimeout;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Deletes the bot of a Chatbot from the backend, and only that bot. Returns what may happen to the
 * object then; {@link ChatbotDeletion} applies it.
 */
final class BotRemoval {

  /** The next step for the object. */
  sealed interface Verdict {

    /** The backend has nothing of the object. */
    record Release(Optional<String> deletedId) implements Verdict {}

    /**
     * The bot stays in the backend, or may exist where the operator cannot find it.
     *
     * @param why the reason in the receipt
     * @param message of the Event, with a placeholder for the name of the receipt
     */
    record Orphan(String why, String message) implements Verdict {}

    /** The deletion is not complete; the object stays and its status has the failure. */
    record Wait(Failure failure) implements Verdict {}

    /** The backend object or its Secret does not exist, and no usable key is in memory. */
    record BackendUnreachable(Failure failure) implements Verdict {}
  }

  private static final Verdict NOTHING_TO_DELETE = new Verdict.Release(Optional.empty());

  private final ChatbotIndex index;
  private final BackendResolver connections;
  private final Clock clock;

  BotRemoval(ChatbotIndex index, BackendResolver connections, Clock clock) {
    this.index = index;
    this.connections = connections;
    this.clock = clock;
  }

  /**
   * Runs one step of the deletion.
   *
   * @throws OkChatException if the backend does not give a conclusive response
   */
  Verdict advance(Chatbot chatbot, BackendResolution backend) {
    return switch (backend) {
      case Connected(var connection) -> advance(chatbot, connection);
      case Denied(var failure) -> new Verdict.Wait(failure);
      case Unresolved(var failure) ->
          connections
              .lastGood(BackendKey.of(chatbot))
              .map(connection -> advanceWithOldKey(chatbot, connection, failure))
              .orElseGet(() -> new Verdict.BackendUnreachable(failure));
    };
  }

  /** Uses the last key in memory. A key that the backend rejects gives no access. */
  private Verdict advanceWithOldKey(Chatbot chatbot, Connection connection, Failure failure) {
    try {
      return advance(chatbot, connection);
    } catch (OkChatException e) {
      if (e.kind() == FailureKind.CREDENTIALS_REJECTED) {
        return new Verdict.BackendUnreachable(failure);
      }
      throw e;
    }
  }

  private Verdict advance(Chatbot chatbot, Connection connection) {
    var status = chatbot.getStatus();
    if (status == null || status.id() == null) {
      return Claim.unresolvedOn(chatbot)
          .map(claim -> deleteClaimed(chatbot, claim, connection))
          .orElse(NOTHING_TO_DELETE);
    }
    var inventory = connection.account().inventory();
    var unlisted = inventory.ensureRequested();
    if (inventory.excludes(status.organizationId())) {
      return new Verdict.Wait(OwnershipFailures.accountChanged(status));
    }
    if (connection.isOrigin(status.backend())) {
      return deleteRecorded(chatbot, status, status.id(), connection, unlisted);
    }
    unlisted.ifPresent(BotRemoval::fail);
    return deleteOfOtherOrigin(chatbot, status.id(), connection);
  }

  /**
   * Deletes the bot of a valid ID. This needs no list: if the last one failed, the bot itself shows
   * that this is its account.
   *
   * @param unlisted why the last list failed
   */
  private Verdict deleteRecorded(
      Chatbot chatbot,
      ChatbotStatus status,
      String id,
      Connection connection,
      Optional<OkChatException> unlisted) {
    if (hasOtherOwner(id, chatbot, connection)) {
      return NOTHING_TO_DELETE;
    }
    if (!BotOwnership.mayDelete(chatbot)) {
      return restored(id);
    }
    if (unlisted.isPresent() && !isOwnByRead(chatbot, status, id, connection)) {
      throw unlisted.get();
    }
    return delete(chatbot, id, status, connection);
  }

  /** Reads the bot by its ID, and returns whether it is the recorded one. */
  private static boolean isOwnByRead(
      Chatbot chatbot, ChatbotStatus status, String id, Connection connection) {
    return connection
        .account()
        .call(client -> client.getChatbot(id))
        .filter(bot -> isAsRecorded(status.slug(), bot.slug()))
        .filter(bot -> isAsRecorded(status.organizationId(), bot.organizationId()))
        .map(bot -> BotOwnership.of(chatbot, bot, connection.origin(), Optional.empty()))
        .filter(new BotOwnership.Owned(BotOwnership.Basis.ID)::equals)
        .isPresent();
  }

  private static boolean isAsRecorded(@Nullable String recorded, @Nullable String read) {
    return recorded == null || recorded.equals(read);
  }

  /**
   * Deletes the bot that has the recorded slug. The ID is valid only at the backend that it was
   * obtained from.
   */
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

  /**
   * Deletes the bot of a claim; its ID was lost, or never known. No create begins long after the
   * deletion was requested, so a later time of the claim does not count.
   */
  private Verdict deleteClaimed(Chatbot chatbot, Claim claim, Connection connection) {
    if (BotObserver.isClaimedElsewhere(chatbot, connection)) {
      return new Verdict.Wait(OwnershipFailures.claimedElsewhere(claim.slug()));
    }
    var inventory = connection.account().inventory();
    inventory.ensureRequested().ifPresent(BotRemoval::fail);
    var latest = DeletionTimeout.deletedAt(chatbot).plus(connection.createGrace());
    var grace = BotObserver.graceLeft(claim.boundedBy(latest), connection, clock.instant());
    if (inventory.withSlug(claim.slug()).isEmpty() && grace.isPositive()) {
      return new Verdict.Wait(OwnershipFailures.awaitingCreate(grace));
    }
    inventory.refresh().ifPresent(BotRemoval::fail);
    var found = inventory.withSlug(claim.slug());
    if (found.isEmpty() && !inventory.confirmsEmptiness(connection.pollInterval())) {
      return new Verdict.Wait(OwnershipFailures.awaitingCreate(connection.pollInterval()));
    }
    return found
        .map(bot -> deleteFound(chatbot, bot, connection, NOTHING_TO_DELETE))
        .orElseGet(() -> notFound(chatbot, claim.slug()));
  }

  /** Orphans the bot if the record of its account was lost: it may exist in another one. */
  private static Verdict notFound(Chatbot chatbot, String slug) {
    var recorded = ChatbotStatusFactory.before(chatbot).claim();
    return recorded != null && recorded.account() != null
        ? NOTHING_TO_DELETE
        : new Verdict.Orphan(
            "The account of the backend has no bot with the slug %s, and the record of the account that its create was sent to was lost."
                .formatted(slug),
            "Found no bot with the slug %s. The record of its account was lost, so the ConfigMap %%s describes how to delete it in another account."
                .formatted(slug));
  }

  private static Verdict restored(String id) {
    return new Verdict.Orphan(
        "The Chatbot was restored and did not create the bot %s.".formatted(id),
        "Orphaned the bot %s: this Chatbot was restored and did not create it. The ConfigMap %%s describes how to adopt or delete it."
            .formatted(id));
  }

  /** Deletes a bot that was found by its slug, if it certainly is the one of this object. */
  private Verdict deleteFound(Chatbot chatbot, Bot bot, Connection connection, Verdict otherwise) {
    if (hasOtherOwner(bot.id(), chatbot, connection)) {
      return NOTHING_TO_DELETE;
    }
    var ownership = BotOwnership.of(chatbot, bot, connection.origin(), Optional.empty());
    if (!(ownership instanceof BotOwnership.Owned(var basis))
        || basis == BotOwnership.Basis.ADOPTED) {
      return otherwise; // A bot that this object may adopt but did not adopt is not its own.
    }
    return BotOwnership.mayDelete(chatbot)
        ? delete(
            chatbot,
            bot.id(),
            ChatbotStatusFactory.withBot(null, bot, connection.origin()),
            connection)
        : restored(bot.id());
  }

  private boolean hasOtherOwner(String id, Chatbot chatbot, Connection connection) {
    return index.otherOwnerAnywhere(id, chatbot, connection.origin()).isPresent();
  }

  /**
   * Deletes the bot. It counts as deleted if the backend accepted the request and no longer knows
   * the ID.
   */
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

  /**
   * Decides after a 404, which may come from another account: a list has to show that it is the
   * right one.
   */
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
      return new Verdict.Wait(OwnershipFailures.accountUnverifiedAtDeletion(id));
    }
    if (mayLag || inventory.bot(id).isPresent()) {
      return new Verdict.Wait(OwnershipFailures.awaitingVisibilityAtDeletion());
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
