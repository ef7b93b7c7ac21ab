package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.api.v1alpha1.DriftPolicy;
import ai.okchat.operator.backend.BackendKey;
import ai.okchat.operator.backend.Connection;
import ai.okchat.operator.backend.Connections;
import ai.okchat.operator.backend.Inventory;
import ai.okchat.operator.chatbot.Observation.Absent;
import ai.okchat.operator.chatbot.Observation.Blocked;
import ai.okchat.operator.chatbot.Observation.Conflict;
import ai.okchat.operator.chatbot.Observation.Gone;
import ai.okchat.operator.chatbot.Observation.Present;
import ai.okchat.operator.chatbot.Observation.Unknown;
import ai.okchat.operator.chatbot.Observation.Unresolved;
import ai.okchat.operator.okchat.Bot;
import ai.okchat.operator.okchat.OkChatException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the bot of an object. Reads the inventory first and sends a request only for what the
 * inventory cannot answer. Never takes a failed read for an absence.
 *
 * <p>Throws {@link OkChatException} if the backend does not respond and something has to be done.
 */
final class BotObserver {

  private final ChatbotIndex index;
  private final Connections connections;
  private final Clock clock;

  BotObserver(ChatbotIndex index, Connections connections, Clock clock) {
    this.index = index;
    this.connections = connections;
    this.clock = clock;
  }

  Observation observe(Chatbot chatbot, Connection connection, boolean settled) {
    var unreadable = connection.account().inventory().ensureAsked();
    var status = ChatbotReport.before(chatbot);
    if (unreadable.isPresent() && settled && isOwnStatus(chatbot, status, connection)) {
      return new Unknown(connection.pollInterval());
    }
    if (status.id() == null) {
      unreadable.ifPresent(BotObserver::fail);
      return observeUnrecorded(chatbot, connection);
    }
    if (connection.account().inventory().excludes(status.organizationId())) {
      return new Blocked(OwnershipFailures.accountChanged(status));
    }
    return connection.isOrigin(status.backend())
        ? observeRecorded(chatbot, status.id(), connection, settled)
        : observeOfOtherOrigin(chatbot, status.id(), connection);
  }

  /** Not so if it was restored from another backend object, or is that of another Chatbot. */
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

  /** The backend does not know the ID; a list may lag, so two of them must agree. */
  private Observation observeMissing(
      Chatbot chatbot, String id, Connection connection, boolean settled) {
    var inventory = connection.account().inventory();
    inventory.failure().ifPresent(BotObserver::fail);
    var interval = connection.pollInterval();
    var isApproved = Approval.of(chatbot, id);
    if (inventory.isInconclusiveAbout(id) && !isApproved) {
      return new Blocked(OwnershipFailures.accountUnproved(id));
    }
    var organization = chatbot.getStatus().organizationId();
    var apart = interval.multipliedBy(4).dividedBy(5);
    if (!inventory.provesAbsent(id, organization, apart, isApproved)
        || isNew(chatbot, clock.instant())) {
      return settled
          ? new Unknown(interval)
          : new Blocked(OwnershipFailures.awaitingSight(interval));
    }
    return chatbot.getSpec().driftPolicy() == DriftPolicy.ENFORCE
        ? new Gone(id)
        : new Blocked(OwnershipFailures.botMissing(id));
  }

  /** The ID counts only where it was obtained, so no request may use it here. */
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
    return Approval.of(chatbot, id)
        ? new Gone(id)
        : new Blocked(OwnershipFailures.originChanged(chatbot, id));
  }

  private Observation observeUnrecorded(Chatbot chatbot, Connection connection) {
    var claim = Claim.unresolvedOn(chatbot);
    var slug = claim.map(Claim::slug).orElseGet(() -> Claim.wantedSlug(chatbot));
    if (claim.isPresent() && isClaimedElsewhere(chatbot, connection)) {
      return new Blocked(OwnershipFailures.claimedElsewhere(slug));
    }
    var rival = rivalFor(slug, chatbot, connection);
    if (rival.isPresent()) {
      // The bot may still appear: its claim stays.
      return claim.filter(unresolved -> unresolved.isBy(chatbot)).isPresent()
          ? new Blocked(rival.get().failure())
          : rival.get();
    }
    if (claim.isPresent() && differs(chatbot.getSpec().slug(), slug)) {
      return new Blocked(OwnershipFailures.slugChanged(slug));
    }
    var observed =
        claim.isEmpty()
            ? observeUnclaimed(chatbot, slug, connection)
            : observeClaimed(chatbot, claim.get(), connection);
    // The creator of a bot claims its slug first, so the claim is in the cache by now.
    return observed instanceof Present
        ? unlessRival(slug, chatbot, connection, () -> observed)
        : observed;
  }

  private Observation observeUnclaimed(Chatbot chatbot, String slug, Connection connection) {
    var inventory = connection.account().inventory();
    if (chatbot.getSpec().slug() != null) {
      // Another client may have created it since the last list; no one else asks for a derived one.
      inventory.refresh().ifPresent(BotObserver::fail);
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
   * After a create that the backend rejected: a bot with the slug, and whose it is; empty if no
   * list shows one.
   *
   * @param chatbot as it was before that create
   */
  Optional<Observation> observeRejected(Chatbot chatbot, String slug, Connection connection) {
    var inventory = connection.account().inventory();
    inventory.refresh().ifPresent(BotObserver::fail);
    return inventory
        .withSlug(slug)
        .map(bot -> unlessRival(slug, chatbot, connection, () -> decide(chatbot, bot, connection)));
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

  /** Before a bot is taken over, the objects of other shards count too: rare, and exact. */
  private BotOwnership decideAnywhere(Chatbot chatbot, Bot bot, Connection connection) {
    var owner = index.otherOwnerAnywhere(bot.id(), chatbot, connection.origin());
    return BotOwnership.of(chatbot, bot, connection.origin(), owner);
  }

  private Observation unlessRival(
      String slug, Chatbot chatbot, Connection connection, Supplier<Observation> otherwise) {
    var rival = rivalFor(slug, chatbot, connection);
    return rival.isPresent() ? rival.get() : otherwise.get();
  }

  private Optional<Conflict> rivalFor(String slug, Chatbot chatbot, Connection connection) {
    var backends = connections.leadingTo(connection.account().id());
    return index
        .rivalFor(
            slug,
            chatbot,
            other -> backends.contains(BackendKey.of(other)) && isRecordedIn(other, connection),
            connection.origin())
        .map(rival -> conflict(new BotOwnership.Conflict(rival), slug, chatbot));
  }

  /** A backend object may lead to this account now, and the record of its Chatbots to another. */
  private static boolean isRecordedIn(Chatbot other, Connection connection) {
    var organization = ChatbotReport.before(other).organizationId();
    return !connection.account().inventory().excludes(organization)
        && !isClaimedElsewhere(other, connection);
  }

  private static Conflict conflict(BotOwnership ownership, String slug, Chatbot chatbot) {
    return new Conflict(OwnershipFailures.of(ownership, slug, chatbot));
  }

  /** Whether the create that is not resolved was sent to another account, as far as is known. */
  static boolean isClaimedElsewhere(Chatbot chatbot, Connection connection) {
    var claim = ChatbotReport.before(chatbot).claim();
    var account = connection.account();
    return claim != null
        && claim.account() != null
        && !claim.account().equals(account.id().digestFor(claim.uid()))
        && !account.inventory().shows(claim.organizationId());
  }

  /** How much longer a bot may turn up that this claim asked for. */
  static Duration graceLeft(Claim claim, Connection connection, Instant now) {
    var since = claim.boundedBy(now).at();
    return Duration.between(now, Objects.requireNonNull(since).plus(connection.createGrace()));
  }

  /** Whether the bot is so new that a backend may not show it yet. */
  static boolean isNew(Chatbot chatbot, Instant now) {
    return Claim.recordedOn(chatbot)
        .map(Claim::at)
        .filter(at -> !at.isAfter(now) && now.isBefore(at.plus(Inventory.LIST_LAG)))
        .isPresent();
  }

  private static String slugOf(Chatbot chatbot) {
    return Optional.ofNullable(chatbot.getStatus())
        .map(ChatbotStatus::slug)
        .orElseGet(() -> Claim.wantedSlug(chatbot));
  }

  private static boolean differs(@Nullable String one, String other) {
    return one != null && !one.equals(other);
  }

  private static void fail(OkChatException e) {
    throw e;
  }
}
