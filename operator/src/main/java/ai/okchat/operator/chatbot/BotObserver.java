package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.api.v1alpha1.DriftPolicy;
import ai.okchat.client.Bot;
import ai.okchat.client.OkChatException;
import ai.okchat.operator.account.Inventory;
import ai.okchat.operator.backend.BackendKey;
import ai.okchat.operator.backend.BackendResolver;
import ai.okchat.operator.backend.Connection;
import ai.okchat.operator.chatbot.Observation.Absent;
import ai.okchat.operator.chatbot.Observation.Blocked;
import ai.okchat.operator.chatbot.Observation.Conflict;
import ai.okchat.operator.chatbot.Observation.Gone;
import ai.okchat.operator.chatbot.Observation.Present;
import ai.okchat.operator.chatbot.Observation.Unknown;
import ai.okchat.operator.chatbot.Observation.Unresolved;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the bot of an object. Reads the inventory first and sends a request only if the inventory
 * does not decide. Never treats a failed read as an absence.
 *
 * <p>Throws {@link OkChatException} if the backend does not respond and the object needs an action.
 */
final class BotObserver {

  private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(5);

  private final ChatbotIndex index;
  private final BackendResolver connections;
  private final Clock clock;

  BotObserver(ChatbotIndex index, BackendResolver connections, Clock clock) {
    this.index = index;
    this.connections = connections;
    this.clock = clock;
  }

  Observation observe(Chatbot chatbot, Connection connection, boolean settled) {
    var inventory = connection.account().inventory();
    var status = ChatbotStatusFactory.before(chatbot);
    if (status.id() == null && chatbot.getSpec().slug() != null && !inventory.wasRequested()) {
      inventory.announceLookup(chatbot.getSpec().slug()); // The first list serves it too.
    }
    var unreadable = inventory.ensureRequested();
    if (unreadable.isPresent() && settled && isOwnStatus(chatbot, status, connection)) {
      return new Unknown(connection.pollInterval());
    }
    if (status.id() == null) {
      unreadable.ifPresent(BotObserver::fail);
      return observeUnrecorded(chatbot, connection);
    }
    if (inventory.excludes(status.organizationId())) {
      return new Blocked(OwnershipFailures.accountChanged(status));
    }
    return connection.isOrigin(status.backend())
        ? observeRecorded(chatbot, status.id(), connection, settled)
        : observeOfOtherOrigin(chatbot, status.id(), connection);
  }

  /**
   * Returns false if the status was restored from another backend object, or has the bot of another
   * Chatbot.
   */
  private boolean isOwnStatus(Chatbot chatbot, ChatbotStatus status, Connection connection) {
    return connection.isOrigin(status.backend())
        && !index.isOwnedByAnother(chatbot, connection.origin());
  }

  private Observation observeRecorded(
      Chatbot chatbot, String id, Connection connection, boolean settled) {
    var account = connection.account();
    var listed = account.inventory().bot(id);
    if (listed.isPresent()) {
      return decide(chatbot, listed.get(), connection);
    }
    var owner = index.otherOwner(id, chatbot, connection.origin());
    if (owner.isPresent()) {
      return conflict(new BotOwnership.Conflict(owner.get()), slugOf(chatbot), chatbot);
    }
    var read = account.call(client -> client.getChatbot(id));
    read.ifPresent(bot -> account.inventory().put(bot, false));
    return read.isPresent()
        ? decide(chatbot, read.get(), connection)
        : observeMissing(chatbot, id, connection, settled);
  }

  /** Decides about an ID that the backend does not know. Lists may lag, so two must agree. */
  private Observation observeMissing(
      Chatbot chatbot, String id, Connection connection, boolean settled) {
    var inventory = connection.account().inventory();
    inventory.failure().ifPresent(BotObserver::fail);
    var interval = connection.pollInterval();
    var isApproved = RecreateApproval.of(chatbot, id);
    if (inventory.isInconclusiveAbout(id) && !isApproved) {
      return new Blocked(OwnershipFailures.accountUnverified(id));
    }
    var organization = chatbot.getStatus().organizationId();
    var apart = interval.multipliedBy(4).dividedBy(5);
    if (!inventory.provesAbsent(id, organization, apart, isApproved)
        || isNew(chatbot, clock.instant())) {
      return settled
          ? new Unknown(interval)
          : new Blocked(OwnershipFailures.awaitingVisibility(untilVisible(chatbot, connection)));
    }
    return chatbot.getSpec().driftPolicy() == DriftPolicy.ENFORCE
        ? new Gone(id)
        : new Blocked(OwnershipFailures.botMissing(id));
  }

  /** Returns how long to wait for a bot that the backend does not show although it should. */
  Duration untilVisible(Chatbot chatbot, Connection connection) {
    return untilVisible(chatbot, connection.pollInterval(), clock.instant());
  }

  /** Returns the interval of the polls at first, and then as long as the object has waited. */
  static Duration untilVisible(Chatbot chatbot, Duration pollInterval, Instant now) {
    var waited =
        Conditions.find(Conditions.of(chatbot), ConditionType.Ready)
            .filter(ready -> Reason.WaitingForBackend.name().equals(ready.getReason()))
            .map(ready -> Duration.between(Instant.parse(ready.getLastTransitionTime()), now))
            .orElse(Duration.ZERO);
    var bounded = waited.compareTo(LONGEST_BACKOFF) < 0 ? waited : LONGEST_BACKOFF;
    return bounded.compareTo(pollInterval) > 0 ? bounded : pollInterval;
  }

  /**
   * Finds the bot by its slug. The ID is valid only at the backend that it was obtained from, so no
   * request may use it.
   */
  private Observation observeOfOtherOrigin(Chatbot chatbot, String id, Connection connection) {
    var isShared = BackendKey.of(chatbot).isShared();
    var slug = Claim.recordedSlug(chatbot);
    if (isShared || slug.isEmpty()) {
      return new Blocked(OwnershipFailures.originChanged(chatbot, id));
    }
    var inventory = connection.account().inventory();
    inventory.refresh().ifPresent(BotObserver::fail);
    var found = inventory.withSlug(slug.get());
    if (found.isPresent()) {
      return decide(chatbot, found.get(), connection);
    }
    return RecreateApproval.of(chatbot, id)
        ? new Gone(id)
        : new Blocked(OwnershipFailures.originChanged(chatbot, id));
  }

  private Observation observeUnrecorded(Chatbot chatbot, Connection connection) {
    var claim = Claim.unresolvedOn(chatbot);
    var slug = claim.map(Claim::slug).orElseGet(() -> Claim.desiredSlug(chatbot));
    if (claim.isPresent() && isClaimedElsewhere(chatbot, connection)) {
      return new Blocked(OwnershipFailures.claimedElsewhere(slug));
    }
    var conflict = conflictFor(slug, chatbot, connection);
    if (conflict.isPresent()) {
      // The bot may still appear, so its claim stays.
      return claim.filter(unresolved -> unresolved.isBy(chatbot)).isPresent()
          ? new Blocked(conflict.get().failure())
          : conflict.get();
    }
    if (claim.isPresent() && differs(chatbot.getSpec().slug(), slug)) {
      return new Blocked(OwnershipFailures.slugChanged(slug));
    }
    var observed =
        claim.isEmpty()
            ? observeUnclaimed(chatbot, slug, connection)
            : observeClaimed(chatbot, claim.get(), connection);
    // An object claims the slug before it creates the bot, so that claim is in the cache by now.
    return observed instanceof Present
        ? unlessConflict(slug, chatbot, connection, () -> observed)
        : observed;
  }

  private Observation observeUnclaimed(Chatbot chatbot, String slug, Connection connection) {
    var inventory = connection.account().inventory();
    if (chatbot.getSpec().slug() != null) {
      // Another client may have created it since the last list, but not with a derived slug.
      var wait = inventory.refreshFor(slug);
      if (wait.isPositive()) {
        return new Unknown(wait);
      }
      inventory.failure().ifPresent(BotObserver::fail);
    }
    return inventory
        .withSlug(slug)
        .map(bot -> decide(chatbot, bot, connection))
        .orElseGet(() -> new Absent(Claim.by(chatbot, clock.instant())));
  }

  private Observation observeClaimed(Chatbot chatbot, Claim recorded, Connection connection) {
    var inventory = connection.account().inventory();
    var claim = recorded.boundedBy(clock.instant());
    var known = inventory.withSlug(claim.slug());
    if (known.isPresent()) {
      return decide(chatbot, known.get(), connection);
    }
    var grace = graceLeft(claim, connection, clock.instant());
    if (grace.isPositive()) {
      return new Unresolved(claim, OwnershipFailures.awaitingCreate(grace));
    }
    inventory.refresh().ifPresent(BotObserver::fail);
    var found = inventory.withSlug(claim.slug());
    if (found.isEmpty() && !inventory.confirmsEmptiness(connection.pollInterval())) {
      return new Blocked(OwnershipFailures.awaitingCreate(connection.pollInterval()));
    }
    return found
        .map(bot -> decide(chatbot, bot, connection))
        .orElseGet(() -> new Absent(Claim.by(chatbot, clock.instant())));
  }

  /**
   * Finds the bot with the slug, and its owner, after the backend rejected a create.
   *
   * @param chatbot as it was before that create
   * @return empty if the list does not show such a bot
   */
  Optional<Observation> observeRejected(Chatbot chatbot, String slug, Connection connection) {
    var inventory = connection.account().inventory();
    inventory.refresh().ifPresent(BotObserver::fail);
    return inventory
        .withSlug(slug)
        .map(
            bot ->
                unlessConflict(slug, chatbot, connection, () -> decide(chatbot, bot, connection)));
  }

  private Observation decide(Chatbot chatbot, Bot bot, Connection connection) {
    var owner = index.otherOwner(bot.id(), chatbot, connection.origin());
    var ownership = BotOwnership.of(chatbot, bot, connection.origin(), owner);
    if (ownership instanceof BotOwnership.Owned(var basis) && basis != BotOwnership.Basis.ID) {
      ownership = decideAnywhere(chatbot, bot, connection);
    }
    return ownership instanceof BotOwnership.Owned(var basis)
        ? new Present(bot, basis)
        : conflict(ownership, Objects.requireNonNullElse(bot.slug(), slugOf(chatbot)), chatbot);
  }

  /**
   * Decides with the objects of other shards too, before the operator adopts a bot. This is rare
   * and has to be exact.
   */
  private BotOwnership decideAnywhere(Chatbot chatbot, Bot bot, Connection connection) {
    var owner = index.otherOwnerAnywhere(bot.id(), chatbot, connection.origin());
    return BotOwnership.of(chatbot, bot, connection.origin(), owner);
  }

  private Observation unlessConflict(
      String slug, Chatbot chatbot, Connection connection, Supplier<Observation> otherwise) {
    var conflict = conflictFor(slug, chatbot, connection);
    return conflict.isPresent() ? conflict.get() : otherwise.get();
  }

  private Optional<Conflict> conflictFor(String slug, Chatbot chatbot, Connection connection) {
    var backends = connections.backendsOf(connection.account().id());
    return index
        .slugOwnerBefore(
            slug,
            chatbot,
            other -> backends.contains(BackendKey.of(other)) && isRecordedIn(other, connection),
            connection.origin())
        .map(owner -> conflict(new BotOwnership.Conflict(owner), slug, chatbot));
  }

  /**
   * Returns whether the record of the object may be of this account. Its backend object may lead to
   * this account now, and its record to another.
   */
  private static boolean isRecordedIn(Chatbot other, Connection connection) {
    var organization = ChatbotStatusFactory.before(other).organizationId();
    return !connection.account().inventory().excludes(organization)
        && !isClaimedElsewhere(other, connection);
  }

  private static Conflict conflict(BotOwnership ownership, String slug, Chatbot chatbot) {
    return new Conflict(OwnershipFailures.of(ownership, slug, chatbot));
  }

  /** Returns whether the unresolved create was sent to another account, as far as is recorded. */
  static boolean isClaimedElsewhere(Chatbot chatbot, Connection connection) {
    var claim = ChatbotStatusFactory.before(chatbot).claim();
    var account = connection.account();
    return claim != null
        && claim.account() != null
        && !claim.account().equals(account.id().digestFor(claim.uid()))
        && !account.inventory().shows(claim.organizationId());
  }

  /** Returns how much longer the bot of this claim may appear; not positive if it is too late. */
  static Duration graceLeft(Claim claim, Connection connection, Instant now) {
    var since = claim.boundedBy(now).at();
    return Duration.between(now, Objects.requireNonNull(since).plus(connection.createGrace()));
  }

  /** Returns whether the bot is so new that a backend may not show it yet. */
  static boolean isNew(Chatbot chatbot, Instant now) {
    return Claim.recordedOn(chatbot)
        .map(Claim::at)
        .filter(at -> !at.isAfter(now) && now.isBefore(at.plus(Inventory.LIST_LAG)))
        .isPresent();
  }

  private static String slugOf(Chatbot chatbot) {
    return Optional.ofNullable(chatbot.getStatus())
        .map(ChatbotStatus::slug)
        .orElseGet(() -> Claim.desiredSlug(chatbot));
  }

  private static boolean differs(@Nullable String one, String other) {
    return one != null && !one.equals(other);
  }

  private static void fail(OkChatException e) {
    throw e;
  }
}
