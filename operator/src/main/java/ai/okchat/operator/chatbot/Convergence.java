package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.api.v1alpha1.DriftPolicy;
import ai.okchat.operator.backend.Connection;
import ai.okchat.operator.chatbot.Observation.Absent;
import ai.okchat.operator.chatbot.Observation.Blocked;
import ai.okchat.operator.chatbot.Observation.Conflict;
import ai.okchat.operator.chatbot.Observation.Gone;
import ai.okchat.operator.chatbot.Observation.Present;
import ai.okchat.operator.chatbot.Observation.Unknown;
import ai.okchat.operator.chatbot.Observation.Unresolved;
import ai.okchat.operator.okchat.Bot;
import ai.okchat.operator.okchat.FailureKind;
import ai.okchat.operator.okchat.OkChatException;
import ai.okchat.operator.status.Decision;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Makes the bot match: creates it, writes what differs, or leaves it, as was observed. */
final class Convergence {

  private static final Duration SOON = Duration.ofSeconds(1);

  private final ChatbotObject object;
  private final BotWriter writer;
  private final BotObserver observer;
  private final DriftHistory history;

  Convergence(ChatbotObject object, BotWriter writer, BotObserver observer, DriftHistory history) {
    this.object = object;
    this.writer = writer;
    this.observer = observer;
    this.history = history;
  }

  Outcome converge(
      Chatbot chatbot, Connection connection, Desired desired, Observation observation) {
    Decision.explain(
        chatbot, "Looked at", () -> Map.of("observation", observation.getClass().getSimpleName()));
    return switch (observation) {
      case Unknown(var recheck) -> new Outcome.Unchanged(recheck);
      case Blocked(var failure) -> new Outcome.Held(failure, ChatbotReport.before(chatbot));
      case Unresolved(var claim, var failure) ->
          new Outcome.Held(
              failure, ChatbotReport.withEarlierClaim(chatbot, claim, connection.origin()));
      case Conflict(var failure) -> disowned(chatbot, failure);
      case Gone(var id) -> {
        object.reset(chatbot, OwnershipFailures.recreating(id));
        yield new Outcome.Unchanged(SOON);
      }
      case Absent(var claim) -> create(chatbot, connection, desired, claim);
      case Present(var bot, var basis) -> match(chatbot, connection, desired, bot, basis);
    };
  }

  private Outcome create(Chatbot chatbot, Connection connection, Desired desired, Claim claim) {
    connection.account().requireAvailable();
    var known = object.claim(chatbot, claim, connection);
    if (known.isEmpty()) {
      return new Outcome.Unchanged(SOON);
    }
    try {
      var bot = writer.create(connection.account(), desired.createBody(claim.slug()));
      object.events().created(chatbot, bot);
      var rest = Plan.afterCreate(desired, chatbot.getSpec().ignoreFields());
      return matched(write(chatbot, connection, desired, bot, rest), connection, desired);
    } catch (OkChatException e) {
      if (e.mayHaveBeenApplied()) {
        throw new UnfinishedException(known.get(), e);
      }
      return rejected(chatbot, connection, desired, claim, e);
    }
  }

  /**
   * The backend certainly created nothing. The claim goes before any other request: a bot that is
   * found now belongs to the object only by what was known before this create.
   */
  private Outcome rejected(
      Chatbot chatbot,
      Connection connection,
      Desired desired,
      Claim claim,
      OkChatException rejection) {
    var known = object.withdrawClaim(chatbot, connection.origin());
    if (rejection.kind() != FailureKind.CONFLICT
        && rejection.kind() != FailureKind.REQUEST_REJECTED) {
      throw new UnfinishedException(known, rejection);
    }
    var found = observer.observeRejected(chatbot, claim.slug(), connection);
    return switch (found.orElse(null)) {
      case Present(var bot, var basis) -> match(chatbot, connection, desired, bot, basis);
      case Conflict(var failure) -> disowned(chatbot, failure);
      case null, default ->
          new Outcome.Held(OwnershipFailures.rejected(claim.slug(), rejection, chatbot), known);
    };
  }

  private Outcome match(
      Chatbot chatbot, Connection connection, Desired desired, Bot bot, BotOwnership.Basis basis) {
    object.hold(chatbot, bot, basis);
    var status = statusFor(chatbot, bot);
    var edited = !desired.isApplied(chatbot.getStatus());
    var plan = Plan.of(desired, bot, status, chatbot.getSpec().ignoreFields());
    var policy = chatbot.getSpec().driftPolicy();
    Decision.explain(
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
    return policy == DriftPolicy.REPORT && basis == BotOwnership.Basis.ADOPTED
        ? reported(chatbot, bot, connection, desired, plan, Reason.Drifted)
        : rewrite(chatbot, connection, desired, bot, true);
  }

  /** Sends the avatar again: a user asked for it, and no policy about drift concerns it. */
  private Bot send(Chatbot chatbot, Connection connection, Desired desired, Bot bot, Plan plan) {
    var sent = write(chatbot, connection, desired, bot, plan.avatarOnly());
    object.events().written(chatbot, plan.avatarOnly(), true);
    return sent;
  }

  /** What differs though nothing was edited is drift, and the policy decides. */
  private Outcome correct(Chatbot chatbot, Connection connection, Desired desired, Bot bot) {
    var ignored = chatbot.getSpec().ignoreFields();
    var sent = ChatbotReport.withAvatar(statusFor(chatbot, bot), desired);
    var drift = Plan.of(desired, bot, sent, ignored);
    if (drift.isEmpty()) {
      return matched(bot, connection, desired);
    }
    return switch (chatbot.getSpec().driftPolicy()) {
      case IGNORE -> matched(bot, connection, desired);
      case REPORT -> reported(chatbot, bot, connection, desired, drift, Reason.Drifted);
      case ENFORCE ->
          history.isContested(chatbot.getMetadata().getUid())
              ? reported(chatbot, bot, connection, desired, drift, Reason.DriftContested)
              : rewrite(chatbot, connection, desired, bot, false);
    };
  }

  /** Reads the bot once more, so that nothing is lost that others wrote since the last list. */
  private Outcome rewrite(
      Chatbot chatbot, Connection connection, Desired desired, Bot listed, boolean edited) {
    var current = writer.readBack(connection.account(), listed);
    if (current.isEmpty()) {
      return new Outcome.Held(
          OwnershipFailures.awaitingSight(connection.pollInterval()),
          ChatbotReport.before(chatbot));
    }
    var ignored = chatbot.getSpec().ignoreFields();
    var status = statusFor(chatbot, current.get());
    var known = edited ? status : ChatbotReport.withAvatar(status, desired);
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

  private Outcome reported(
      Chatbot chatbot, Bot bot, Connection connection, Desired desired, Plan plan, Reason reason) {
    object.events().driftFound(chatbot, plan, reason);
    return new Outcome.Matched(bot, connection.origin(), desired, plan.differences(), reason);
  }

  private Bot write(Chatbot chatbot, Connection connection, Desired desired, Bot bot, Plan plan) {
    try {
      var ignored = chatbot.getSpec().ignoreFields();
      return writer.write(connection.account(), bot, desired, plan, ignored);
    } catch (RuntimeException e) {
      throw new UnfinishedException(
          ChatbotReport.withBot(chatbot.getStatus(), bot, connection.origin()), e);
    }
  }

  /** The object is gone for good. */
  void forget(String uid) {
    history.forget(uid);
  }

  /** What was sent to this very bot; of another one nothing counts. */
  private static ChatbotStatus statusFor(Chatbot chatbot, Bot bot) {
    var status = chatbot.getStatus();
    return status != null && bot.id().equals(status.id()) ? status : ChatbotStatus.empty();
  }

  /** The object owns no bot, so it keeps no claim. */
  private Outcome disowned(Chatbot chatbot, Failure failure) {
    object.withdraw(chatbot);
    return new Outcome.Held(failure, ChatbotReport.withoutClaim(chatbot));
  }

  private static Outcome matched(Bot bot, Connection connection, Desired desired) {
    return new Outcome.Matched(bot, connection.origin(), desired, List.of(), Reason.InSync);
  }
}
