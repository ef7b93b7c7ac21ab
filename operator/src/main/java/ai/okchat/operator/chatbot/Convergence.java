package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.api.v1alpha1.DriftPolicy;
import ai.okchat.operator.backend.Connection;
import ai.okchat.operator.chatbot.Observation.Absent;
import ai.okchat.operator.chatbot.Observation.Bond;
import ai.okchat.operator.chatbot.Observation.Foreign;
import ai.okchat.operator.chatbot.Observation.Held;
import ai.okchat.operator.chatbot.Observation.Present;
import ai.okchat.operator.chatbot.Observation.Unseen;
import ai.okchat.operator.okchat.Bot;
import ai.okchat.operator.okchat.OkChatException;
import ai.okchat.operator.status.Decision;
import ai.okchat.operator.status.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Makes the bot match: creates it, writes what differs, or leaves it, as was observed. */
final class Convergence {

  private static final Duration SOON = Duration.ofSeconds(1);

  private final ChatbotObject object;
  private final BotWriter writer;
  private final CreateAttempts attempts;
  private final DriftHistory history;

  Convergence(
      ChatbotObject object, BotWriter writer, CreateAttempts attempts, DriftHistory history) {
    this.object = object;
    this.writer = writer;
    this.attempts = attempts;
    this.history = history;
  }

  Outcome converge(
      Chatbot chatbot, Connection connection, Desired desired, Observation observation) {
    Decision.explain(
        chatbot, "Looked at", () -> Map.of("observation", observation.getClass().getSimpleName()));
    return switch (observation) {
      case Unseen(var recheck) -> new Outcome.Unchanged(recheck);
      case Held(var failure) -> new Outcome.Held(failure);
      case Foreign(var failure) -> {
        if (ChatbotMetadata.isMarked(chatbot)) {
          object.metadata().withdraw(chatbot);
        }
        yield new Outcome.Held(failure);
      }
      case Absent(var claim) -> create(chatbot, connection, desired, claim);
      case Present(var bot, var bond) -> match(chatbot, connection, desired, bot, bond);
    };
  }

  private Outcome create(Chatbot chatbot, Connection connection, Desired desired, Claim claim) {
    var earlierMayHaveWorked = mayHaveCreatedBefore(chatbot);
    object.metadata().claim(chatbot, claim);
    var answer =
        writer.create(
            chatbot.getMetadata().getUid(), connection.account(), desired.createBody(claim.slug()));
    return switch (answer) {
      case BotWriter.Created(var bot) -> {
        object.events().created(chatbot, bot);
        var rest = Plan.afterCreate(desired, chatbot.getSpec().ignoreFields());
        yield matched(write(chatbot, connection, desired, bot, rest), desired);
      }
      case BotWriter.Refused(var refusal) ->
          refused(chatbot, connection, desired, claim, refusal, earlierMayHaveWorked);
    };
  }

  /** A definite no. If an earlier attempt may have worked, the bot in the way may be ours. */
  private Outcome refused(
      Chatbot chatbot,
      Connection connection,
      Desired desired,
      Claim claim,
      OkChatException refusal,
      boolean earlierMayHaveWorked) {
    var inventory = connection.account().inventory();
    inventory
        .refresh()
        .ifPresent(
            e -> {
              throw e;
            });
    var found = inventory.withSlug(claim.slug());
    if (found.isPresent() && earlierMayHaveWorked) {
      return match(chatbot, connection, desired, found.get(), Bond.CLAIMED);
    }
    object.metadata().withdraw(chatbot);
    return new Outcome.Held(Identity.refused(claim.slug(), refusal, found.isPresent()));
  }

  private Outcome match(
      Chatbot chatbot, Connection connection, Desired desired, Bot bot, Bond bond) {
    hold(chatbot, bot, bond);
    var status = statusFor(chatbot, bot);
    var edited = !desired.isApplied(chatbot.getStatus());
    var plan = Plan.of(desired, bot, status, chatbot.getSpec().ignoreFields());
    var policy = chatbot.getSpec().driftPolicy();
    Decision.explain(
        chatbot,
        "Compared",
        () -> Map.of("edited", edited, "differs", plan.fieldNames(), "policy", policy));
    if (plan.isEmpty() || (!edited && policy == DriftPolicy.IGNORE)) {
      return matched(bot, desired);
    }
    if (!edited && history.isContested(chatbot.getMetadata().getUid())) {
      return reported(chatbot, bot, desired, plan, Reason.DriftContested);
    }
    var isToBeSeenFirst = policy == DriftPolicy.REPORT && (!edited || bond == Bond.ADOPTED);
    return isToBeSeenFirst
        ? reported(chatbot, bot, desired, plan, Reason.Drifted)
        : rewrite(chatbot, connection, desired, bot, edited);
  }

  /** Reads the bot once more, so that nothing is lost that others wrote since the last list. */
  private Outcome rewrite(
      Chatbot chatbot, Connection connection, Desired desired, Bot listed, boolean edited) {
    var current = writer.readBack(connection.account(), listed);
    if (current.isEmpty()) {
      return new Outcome.Unchanged(SOON);
    }
    var ignored = chatbot.getSpec().ignoreFields();
    var plan = Plan.of(desired, current.get(), statusFor(chatbot, current.get()), ignored);
    var written = write(chatbot, connection, desired, current.get(), plan);
    if (!plan.isEmpty()) {
      object.events().written(chatbot, plan, edited);
      if (!edited) {
        history.corrected(chatbot.getMetadata().getUid());
      }
    }
    return matched(written, desired);
  }

  private Outcome reported(Chatbot chatbot, Bot bot, Desired desired, Plan plan, Reason reason) {
    object.events().driftFound(chatbot, plan, reason);
    return new Outcome.Matched(bot, desired, plan.differences(), reason);
  }

  private Bot write(Chatbot chatbot, Connection connection, Desired desired, Bot bot, Plan plan) {
    try {
      var ignored = chatbot.getSpec().ignoreFields();
      return writer.write(connection.account(), bot, desired, plan, ignored);
    } catch (RuntimeException e) {
      throw new UnfinishedException(bot, e);
    }
  }

  /** A bot that was found, and one that somebody took the finalizer from, is held first. */
  private void hold(Chatbot chatbot, Bot bot, Bond bond) {
    if (bond == Bond.ADOPTED) {
      object.events().adopted(chatbot, bot);
    }
    if (!ChatbotMetadata.isHeld(chatbot) || !ChatbotMetadata.isClaimedByItself(chatbot)) {
      object.metadata().hold(chatbot, bot);
    }
  }

  /** The object is gone for good. */
  void forget(String uid) {
    attempts.forget(uid);
    history.forget(uid);
  }

  private boolean mayHaveCreatedBefore(Chatbot chatbot) {
    return Claim.recordedOn(chatbot).isPresent()
        && attempts.last(chatbot.getMetadata().getUid()) == CreateAttempts.Outcome.AMBIGUOUS;
  }

  /** What was sent to this very bot; of another one nothing counts. */
  private static ChatbotStatus statusFor(Chatbot chatbot, Bot bot) {
    var status = chatbot.getStatus();
    return status != null && bot.id().equals(status.id()) ? status : ChatbotStatus.empty();
  }

  private static Outcome matched(Bot bot, Desired desired) {
    return new Outcome.Matched(bot, desired, List.of(), Reason.InSync);
  }
}
