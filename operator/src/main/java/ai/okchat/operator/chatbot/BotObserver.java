package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.api.v1alpha1.DriftPolicy;
import ai.okchat.operator.backend.Connection;
import ai.okchat.operator.backend.Connections;
import ai.okchat.operator.backend.Inventory;
import ai.okchat.operator.chatbot.Observation.Absent;
import ai.okchat.operator.chatbot.Observation.Bond;
import ai.okchat.operator.chatbot.Observation.Foreign;
import ai.okchat.operator.chatbot.Observation.Held;
import ai.okchat.operator.chatbot.Observation.Present;
import ai.okchat.operator.chatbot.Observation.Unseen;
import ai.okchat.operator.okchat.OkChatException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds out whether an object's bot exists. Reads the inventory first and calls the backend only
 * for what the inventory can not answer. Never takes a failed read for an absence.
 *
 * <p>Throws {@link OkChatException} where the backend does not answer and something is to be done.
 */
final class BotObserver {

  private final ChatbotIndex index;
  private final Connections connections;
  private final CreateAttempts attempts;
  private final Clock clock;

  BotObserver(ChatbotIndex index, Connections connections, CreateAttempts attempts, Clock clock) {
    this.index = index;
    this.connections = connections;
    this.attempts = attempts;
    this.clock = clock;
  }

  Observation observe(Chatbot chatbot, Connection connection, boolean settled) {
    var inventory = connection.account().inventory();
    var unreadable = inventory.ensureAsked();
    if (unreadable.isPresent() && settled) {
      return new Unseen(connection.pollInterval());
    }
    var status = chatbot.getStatus();
    if (status != null && status.id() != null) {
      return observeRecorded(chatbot, status, connection, settled);
    }
    unreadable.ifPresent(BotObserver::fail);
    return observeUnrecorded(chatbot, connection);
  }

  private Observation observeRecorded(
      Chatbot chatbot, ChatbotStatus status, Connection connection, boolean settled) {
    var account = connection.account();
    var inventory = account.inventory();
    var id = Objects.requireNonNull(status.id());
    var organization = inventory.organizationId().orElse(null);
    if (Identity.differs(status.organizationId(), organization)) {
      return new Held(Identity.accountChanged(status));
    }
    var listed = inventory.bot(id);
    if (listed.isPresent()) {
      return new Present(listed.get(), Bond.RECORDED);
    }
    var read = account.call(client -> client.getChatbot(id));
    read.ifPresent(bot -> inventory.put(bot, false));
    return read.isPresent()
        ? new Present(read.get(), Bond.RECORDED)
        : observeMissing(chatbot, id, connection, settled);
  }

  /** The backend knows nothing of the id; a list may lag, so two of them must agree. */
  private Observation observeMissing(
      Chatbot chatbot, String id, Connection connection, boolean settled) {
    var inventory = connection.account().inventory();
    inventory.failure().ifPresent(BotObserver::fail);
    var interval = connection.pollInterval();
    if (inventory.isEmptyWithoutEverHaving(id) && !Approval.of(chatbot, id)) {
      return new Held(Identity.accountUnproved(id));
    }
    if (!inventory.provesAbsent(id, interval.multipliedBy(4).dividedBy(5))
        || isWithinGrace(chatbot, Inventory.LIST_LAG)) {
      return settled ? new Unseen(interval) : new Held(Identity.awaitingSight(interval));
    }
    return chatbot.getSpec().driftPolicy() == DriftPolicy.ENFORCE
        ? new Absent(Claim.by(chatbot, clock.instant()))
        : new Held(Identity.botMissing(id));
  }

  private Observation observeUnrecorded(Chatbot chatbot, Connection connection) {
    var recorded = Claim.recordedOn(chatbot);
    var slug = recorded.map(Claim::slug).orElseGet(() -> Claim.wantedSlug(chatbot));
    var backends = connections.leadingTo(connection.account().id());
    var rival = index.rivalFor(slug, chatbot, backends);
    if (rival.isPresent()) {
      return new Foreign(Identity.slugClaimed(slug, rival.get(), chatbot));
    }
    if (recorded.isPresent() && Identity.differs(chatbot.getSpec().slug(), slug)) {
      return new Held(Identity.slugChanged(slug));
    }
    var observed =
        recorded.isEmpty()
            ? observeUnclaimed(chatbot, slug, connection)
            : observeClaimed(chatbot, recorded.get(), connection);
    // Whoever made the bot had claimed it before, so the claim is there now, if it was not then.
    return Optional.of(observed)
        .filter(Present.class::isInstance)
        .flatMap(_ -> index.rivalFor(slug, chatbot, backends))
        .<Observation>map(it -> new Foreign(Identity.slugClaimed(slug, it, chatbot)))
        .orElse(observed);
  }

  private Observation observeUnclaimed(Chatbot chatbot, String slug, Connection connection) {
    var inventory = connection.account().inventory();
    if (chatbot.getSpec().slug() != null) {
      // Somebody else may have made it since the last list; a derived slug nobody else makes.
      inventory.refresh().ifPresent(BotObserver::fail);
    }
    var found = inventory.withSlug(slug);
    return found
        .map(bot -> Identity.found(chatbot, slug, bot))
        .orElseGet(() -> new Absent(Claim.by(chatbot, clock.instant())));
  }

  private Observation observeClaimed(Chatbot chatbot, Claim claim, Connection connection) {
    var inventory = connection.account().inventory();
    var uid = chatbot.getMetadata().getUid();
    var known = inventory.withSlug(claim.slug());
    if (known.isEmpty() && attempts.last(uid) == CreateAttempts.Outcome.AMBIGUOUS) {
      var grace = graceLeft(claim, connection, clock.instant());
      if (grace.isPositive()) {
        return new Held(Identity.awaitingCreate(grace));
      }
      inventory.refresh().ifPresent(BotObserver::fail);
      known = inventory.withSlug(claim.slug());
      if (known.isEmpty() && !inventory.confirmsEmptiness(connection.pollInterval())) {
        return new Held(Identity.awaitingCreate(connection.pollInterval()));
      }
    }
    return known
        .<Observation>map(bot -> Identity.bond(chatbot, claim, bot))
        .orElseGet(() -> new Absent(Claim.by(chatbot, clock.instant())));
  }

  /** How much longer a bot may turn up that this claim asked for. */
  static Duration graceLeft(Claim claim, Connection connection, Instant now) {
    var since = claim.at() == null ? Instant.EPOCH : claim.at();
    return Duration.between(now, since.plus(connection.createGrace()));
  }

  private boolean isWithinGrace(Chatbot chatbot, Duration grace) {
    return Claim.recordedOn(chatbot)
        .map(Claim::at)
        .filter(at -> clock.instant().isBefore(at.plus(grace)))
        .isPresent();
  }

  private static void fail(OkChatException e) {
    throw e;
  }
}
