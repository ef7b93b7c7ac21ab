package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.operator.backend.Account;
import ai.okchat.operator.backend.BackendKey;
import ai.okchat.operator.backend.Connection;
import ai.okchat.operator.backend.Connections;
import ai.okchat.operator.backend.Resolution;
import ai.okchat.operator.backend.Resolution.Connected;
import ai.okchat.operator.backend.Resolution.Denied;
import ai.okchat.operator.backend.Resolution.Unresolved;
import ai.okchat.operator.okchat.Bot;
import ai.okchat.operator.okchat.OkChatException;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Removes the bot of a Chatbot from the backend, and only that bot. Says what may happen to the
 * object then, and leaves that to {@link Deletion}.
 */
final class BotRemoval {

  /** What may happen to the object now. */
  sealed interface Verdict {

    /** Nothing of ours is left in the backend, or it stays there by policy. */
    record Release(Optional<String> deletedId) implements Verdict {}

    /** Not yet; the object stays and says why. */
    record Wait(Failure failure) implements Verdict {}

    /** The backend object or its Secret is gone, and no key that worked is in memory. */
    record NoWay(Failure failure) implements Verdict {}
  }

  private final ChatbotIndex index;
  private final Connections connections;
  private final CreateAttempts attempts;
  private final Clock clock;

  BotRemoval(ChatbotIndex index, Connections connections, CreateAttempts attempts, Clock clock) {
    this.index = index;
    this.connections = connections;
    this.attempts = attempts;
    this.clock = clock;
  }

  /**
   * One step towards the end.
   *
   * @throws OkChatException where the backend does not give a definite answer
   */
  Verdict advance(Chatbot chatbot, Resolution backend) {
    return switch (backend) {
      case Connected(var connection) -> advance(chatbot, connection);
      case Denied(var failure) -> new Verdict.Wait(failure);
      case Unresolved(var failure) ->
          connections
              .lastGood(BackendKey.of(chatbot))
              .map(connection -> advance(chatbot, connection))
              .orElseGet(() -> new Verdict.NoWay(failure));
    };
  }

  private Verdict advance(Chatbot chatbot, Connection connection) {
    var account = connection.account();
    account.inventory().ensureAsked().ifPresent(BotRemoval::fail);
    var status = chatbot.getStatus();
    if (status != null && status.id() != null) {
      var organization = account.inventory().organizationId().orElse(null);
      return Identity.differs(status.organizationId(), organization)
          ? new Verdict.Wait(Identity.accountChanged(status))
          : delete(account, status.id());
    }
    return deleteClaimed(chatbot, Claim.recordedOn(chatbot).orElseThrow(), connection);
  }

  /** The id was lost, or never known: only a bot that is certainly ours is deleted. */
  private Verdict deleteClaimed(Chatbot chatbot, Claim claim, Connection connection) {
    var inventory = connection.account().inventory();
    var grace = BotObserver.graceLeft(claim, connection, clock.instant());
    if (attempts.last(chatbot.getMetadata().getUid()) == CreateAttempts.Outcome.AMBIGUOUS) {
      if (inventory.withSlug(claim.slug()).isEmpty() && grace.isPositive()) {
        return new Verdict.Wait(Identity.awaitingCreate(grace));
      }
    }
    inventory.refresh().ifPresent(BotRemoval::fail);
    var found = inventory.withSlug(claim.slug());
    if (found.isEmpty() && !inventory.confirmsEmptiness(connection.pollInterval())) {
      return new Verdict.Wait(Identity.awaitingCreate(connection.pollInterval()));
    }
    return found
        .filter(bot -> isCertainlyOurs(chatbot, claim, bot))
        .map(bot -> delete(connection.account(), bot.id()))
        .orElseGet(() -> new Verdict.Release(Optional.empty()));
  }

  /** What the annotations say is not enough: anybody who edits the object can write them. */
  private boolean isCertainlyOurs(Chatbot chatbot, Claim claim, Bot bot) {
    return !index.isHeldByAnother(bot.id(), chatbot)
        && Identity.bond(chatbot, claim, bot) instanceof Observation.Present(_, var bond)
        && bond == Observation.Bond.CLAIMED;
  }

  /** Gone means: the backend says so when asked again. */
  private static Verdict delete(Account account, String id) {
    account.call(client -> client.deleteChatbot(id));
    if (account.call(client -> client.getChatbot(id)).isPresent()) {
      return new Verdict.Wait(
          Failure.waiting(
              Reason.Deleting,
              "The backend accepted the deletion and still shows the bot.",
              Duration.ofSeconds(5)));
    }
    account.inventory().remove(id);
    return new Verdict.Release(Optional.of(id));
  }

  private static void fail(OkChatException e) {
    throw e;
  }
}
