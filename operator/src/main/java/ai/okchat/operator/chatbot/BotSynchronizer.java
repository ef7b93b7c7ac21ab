package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.client.Bot;
import ai.okchat.client.FailureKind;
import ai.okchat.client.OkChatException;
import ai.okchat.operator.backend.Connection;
import ai.okchat.operator.chatbot.Observation.Absent;
import ai.okchat.operator.chatbot.Observation.Blocked;
import ai.okchat.operator.chatbot.Observation.Conflict;
import ai.okchat.operator.chatbot.Observation.Gone;
import ai.okchat.operator.chatbot.Observation.Present;
import ai.okchat.operator.chatbot.Observation.Unknown;
import ai.okchat.operator.chatbot.Observation.Unresolved;
import ai.okchat.operator.kubernetes.ReconcileLog;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import ai.okchat.planning.DesiredBot;
import ai.okchat.planning.DriftAction;
import ai.okchat.planning.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Makes the bot match the spec: creates it, writes the differences, or writes nothing. */
final class BotSynchronizer {

  private static final Duration SOON = Duration.ofSeconds(1);

  private final ChatbotObject object;
  private final BotWriter writer;
  private final BotObserver observer;
  private final DriftHistory history;

  BotSynchronizer(
      ChatbotObject object, BotWriter writer, BotObserver observer, DriftHistory history) {
    this.object = object;
    this.writer = writer;
    this.observer = observer;
    this.history = history;
  }

  SyncResult synchronize(
      Chatbot chatbot, Connection connection, DesiredBot desired, Observation observation) {
    ReconcileLog.step(
        chatbot, "Observed", () -> Map.of("observation", observation.getClass().getSimpleName()));
    return switch (observation) {
      case Unknown(var delay) -> new SyncResult.Unchanged(delay);
      case Blocked(var failure) ->
          new SyncResult.Blocked(failure, ChatbotStatusFactory.before(chatbot));
      case Unresolved(var claim, var failure) ->
          new SyncResult.Blocked(
              failure, ChatbotStatusFactory.withEarlierClaim(chatbot, claim, connection.origin()));
      case Conflict(var failure) -> disowned(chatbot, failure);
      case Gone(var id) -> {
        object.reset(chatbot, OwnershipFailures.recreating(id));
        yield new SyncResult.Unchanged(SOON);
      }
      case Absent(var claim) -> create(chatbot, connection, desired, claim);
      case Present(var bot, var basis) -> match(chatbot, connection, desired, bot, basis);
    };
  }

  private SyncResult create(
      Chatbot chatbot, Connection connection, DesiredBot desired, Claim claim) {
    connection.account().requireAvailable();
    var known = object.claim(chatbot, claim, connection);
    if (known.isEmpty()) {
      return new SyncResult.Unchanged(SOON);
    }
    try {
      var bot = writer.create(connection.account(), desired.createBody(claim.slug()));
      object.events().created(chatbot, bot);
      var rest = Plan.afterCreate(desired, chatbot.getSpec().ignoreFields());
      return matched(write(chatbot, connection, desired, bot, rest), connection, desired);
    } catch (OkChatException e) {
      if (e.mayHaveBeenApplied()) {
        throw new PartialSyncException(known.get(), e);
      }
      return rejected(chatbot, connection, desired, claim, e);
    }
  }

  /**
   * Handles a create that certainly created nothing. Removes the claim before any other request: a
   * bot that is found now belongs to the object only by what was known before this create.
   */
  private SyncResult rejected(
      Chatbot chatbot,
      Connection connection,
      DesiredBot desired,
      Claim claim,
      OkChatException rejection) {
    var known = object.removeFailedClaim(chatbot, connection.origin());
    if (rejection.kind() != FailureKind.CONFLICT
        && rejection.kind() != FailureKind.REQUEST_REJECTED) {
      throw new PartialSyncException(known, rejection);
    }
    var found = observer.observeRejected(chatbot, claim.slug(), connection);
    return switch (found.orElse(null)) {
      case Present(var bot, var basis) -> match(chatbot, connection, desired, bot, basis);
      case Conflict(var failure) -> disowned(chatbot, failure);
      case null, default ->
          new SyncResult.Blocked(
              OwnershipFailures.rejected(claim.slug(), rejection, chatbot), known);
    };
  }

  private SyncResult match(
      Chatbot chatbot,
      Connection connection,
      DesiredBot desired,
      Bot bot,
      BotOwnership.Basis basis) {
    object.recordClaim(chatbot, bot, basis);
    var status = statusFor(chatbot, bot);
    var edited = !desired.isApplied(chatbot.getStatus());
    var plan = Plan.of(desired, bot, status, chatbot.getSpec().ignoreFields());
    var policy = chatbot.getSpec().driftPolicy();
    ReconcileLog.step(
        chatbot,
        "Compared",
        () -> Map.of("edited", edited, "differs", plan.fieldNames(), "policy", policy));
    if (plan.isEmpty()) {
      return matched(bot, connection, desired);
    }
    if (!edited) {
      return plan.isAvatarRequested(desired, status)
          ? correct(chatbot, connection, desired, send(chatbot, connection, desired, bot, plan))
          : correct(chatbot, connection, desired, bot);
    }
    return DriftAction.of(true, basis == BotOwnership.Basis.ADOPTED, policy) == DriftAction.WRITE
        ? rewrite(chatbot, connection, desired, bot, true)
        : reported(chatbot, bot, connection, desired, plan, Reason.Drifted);
  }

  /** Sends the avatar again: a user requested it, so the drift policy does not apply. */
  private Bot send(Chatbot chatbot, Connection connection, DesiredBot desired, Bot bot, Plan plan) {
    var sent = write(chatbot, connection, desired, bot, plan.avatarOnly());
    object.events().written(chatbot, plan.avatarOnly(), true);
    return sent;
  }

  /** Applies the drift policy: fields that differ without an edit are drift. */
  private SyncResult correct(Chatbot chatbot, Connection connection, DesiredBot desired, Bot bot) {
    var ignored = chatbot.getSpec().ignoreFields();
    var sent = ChatbotStatusFactory.withAvatar(statusFor(chatbot, bot), desired);
    var drift = Plan.of(desired, bot, sent, ignored);
    if (drift.isEmpty()) {
      return matched(bot, connection, desired);
    }
    return switch (DriftAction.of(false, false, chatbot.getSpec().driftPolicy())) {
      case IGNORE -> matched(bot, connection, desired);
      case REPORT -> reported(chatbot, bot, connection, desired, drift, Reason.Drifted);
      case WRITE ->
          history.isRecurring(chatbot.getMetadata().getUid())
              ? reported(chatbot, bot, connection, desired, drift, Reason.DriftRecurring)
              : rewrite(chatbot, connection, desired, bot, false);
    };
  }

  /**
   * Writes the differences. Reads the bot first, so that the operator does not overwrite what other
   * clients wrote since the last list.
   */
  private SyncResult rewrite(
      Chatbot chatbot, Connection connection, DesiredBot desired, Bot listed, boolean edited) {
    var current = writer.readBack(connection.account(), listed);
    if (current.isEmpty()) {
      return new SyncResult.Blocked(
          OwnershipFailures.awaitingVisibility(observer.untilVisible(chatbot, connection)),
          ChatbotStatusFactory.before(chatbot));
    }
    var ignored = chatbot.getSpec().ignoreFields();
    var status = statusFor(chatbot, current.get());
    var known = edited ? status : ChatbotStatusFactory.withAvatar(status, desired);
    var plan = Plan.of(desired, current.get(), known, ignored);
    var written = write(chatbot, connection, desired, current.get(), plan);
    if (!plan.isEmpty()) {
      object.events().written(chatbot, plan, edited);
      if (!edited) {
        history.corrected(chatbot.getMetadata().getUid());
      }
    }
    return matched(written, connection, desired);
  }

  private SyncResult reported(
      Chatbot chatbot,
      Bot bot,
      Connection connection,
      DesiredBot desired,
      Plan plan,
      Reason reason) {
    object.events().driftFound(chatbot, plan, reason);
    return new SyncResult.Matched(bot, connection.origin(), desired, plan.differences(), reason);
  }

  private Bot write(
      Chatbot chatbot, Connection connection, DesiredBot desired, Bot bot, Plan plan) {
    try {
      var ignored = chatbot.getSpec().ignoreFields();
      return writer.write(connection.account(), bot, desired, plan, ignored);
    } catch (RuntimeException e) {
      throw new PartialSyncException(
          ChatbotStatusFactory.withBot(chatbot.getStatus(), bot, connection.origin()), e);
    }
  }

  /** Removes the drift history of a deleted object. */
  void forget(String uid) {
    history.forget(uid);
  }

  /** Returns the status if it is of this bot; values that were sent to another do not count. */
  private static ChatbotStatus statusFor(Chatbot chatbot, Bot bot) {
    var status = chatbot.getStatus();
    return status != null && bot.id().equals(status.id()) ? status : ChatbotStatus.empty();
  }

  /** Removes the claim of an object that owns no bot. */
  private SyncResult disowned(Chatbot chatbot, Failure failure) {
    object.removeOwnClaim(chatbot);
    return new SyncResult.Blocked(failure, ChatbotStatusFactory.withoutClaim(chatbot));
  }

  private static SyncResult matched(Bot bot, Connection connection, DesiredBot desired) {
    return new SyncResult.Matched(bot, connection.origin(), desired, List.of(), Reason.InSync);
  }
}
