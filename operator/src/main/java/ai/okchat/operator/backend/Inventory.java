package ai.okchat.operator.backend;

import ai.okchat.operator.okchat.Bot;
import ai.okchat.operator.okchat.OkChatException;
import ai.okchat.operator.status.MonotonicTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All bots of one account, as last listed. One list serves every object of the account: it is the
 * health check, the drift check and the probe that ends an outage. Own writes are seen at once.
 */
public final class Inventory {

  /** How long a bot that we made may be missing from lists before that means anything. */
  public static final Duration LIST_LAG = Duration.ofSeconds(60);

  private static final int MOST_DELETED = 10_000;

  /** Between the beginnings of two lists. */
  private static final Duration LISTS_APART = Duration.ofSeconds(1);

  private record OwnWrite(Bot bot, Instant at) {}

  private final AccountId account;
  private final Function<UnaryOperator<Bot>, List<Bot>> list;
  private final InventoryListener listener;
  private final Clock clock;
  private final MonotonicTime time;
  private final InventoryQuota.Share quota;
  private final AtomicLong tickets = new AtomicLong();
  private final Object listing = new Object();
  private final Object changing = new Object();
  private final Map<String, OwnWrite> ownCreates = new ConcurrentHashMap<>();
  private final Absences absences = new Absences();
  private final UnlistedBots unlisted = new UnlistedBots();
  // What we wrote since the list under way was sent: its answer may not know it. Null: removed.
  private final Map<String, @Nullable Bot> writtenMeanwhile = new HashMap<>();

  // The last bots that were deleted through the operator.
  private final SequencedSet<String> deleted = new LinkedHashSet<>();

  private long servedTicket;
  private @Nullable Instant nextListAt;
  private volatile @Nullable Instant attemptedAt;
  private volatile @Nullable Contents contents;
  private volatile @Nullable OkChatException failure;

  /**
   * @param list sends the call; passes each bot on as soon as it is read
   */
  Inventory(
      AccountId account,
      Function<UnaryOperator<Bot>, List<Bot>> list,
      InventoryListener listener,
      Clock clock,
      MonotonicTime time,
      InventoryQuota.Share quota) {
    this.account = account;
    this.list = list;
    this.listener = listener;
    this.clock = clock;
    this.time = time;
    this.quota = quota;
  }

  /** Whether a list was ever read. */
  public boolean isKnown() {
    return contents != null;
  }

  /** Whether a list was ever asked for, with whatever answer. */
  boolean wasAsked() {
    return contents != null || failure != null;
  }

  /** Whether the last attempt to list was longer ago than this. */
  boolean isOlderThan(Duration age) {
    var attempt = attemptedAt;
    return attempt == null || attempt.plus(age).isBefore(clock.instant());
  }

  /** What the last attempt to list ended with; empty after a good one and before the first. */
  public Optional<OkChatException> failure() {
    return Optional.ofNullable(failure);
  }

  public Optional<Bot> bot(String id) {
    return known().flatMap(it -> it.bot(id));
  }

  public Optional<Bot> withSlug(String slug) {
    return known().flatMap(it -> it.withSlug(slug));
  }

  /** The number of bots, 0 where no list was read yet. */
  public int size() {
    return known().map(it -> it.bots().size()).orElse(0);
  }

  /** How it stands, in numbers. */
  InventorySnapshot snapshot() {
    return new InventorySnapshot(known().map(Contents::startedAt), size(), failure().isPresent());
  }

  /** An organization that the bots belong to; empty without a bot. The same one in each call. */
  public Optional<String> organizationId() {
    return known().flatMap(contents -> contents.organizations().findFirst());
  }

  /** Whether the last list has a bot of this organization. */
  public boolean shows(@Nullable String organization) {
    return organization != null
        && known().filter(contents -> contents.hasOrganization(organization)).isPresent();
  }

  /**
   * Whether the last list shows another account than that of this organization: it has bots, and
   * none of this organization.
   */
  public boolean excludes(@Nullable String organization) {
    return organization != null
        && known()
            .filter(contents -> contents.organizations().findAny().isPresent())
            .filter(contents -> !contents.hasOrganization(organization))
            .isPresent();
  }

  /**
   * Whether two lists at least this far apart lacked the bot, both from its account; see {@link
   * #isInconclusiveAbout}.
   *
   * @param organization that the bot belongs to; null if unknown
   * @param emptyCounts whether a user approved that an empty list is one of its account
   */
  public boolean provesAbsent(
      String id, @Nullable String organization, Duration apart, boolean emptyCounts) {
    return known()
        .filter(latest -> absences.prove(id, organization, latest, apart, emptyCounts))
        .isPresent();
  }

  /**
   * Whether the last list is empty and does not show that this is the account of the bot: the list
   * with bots before it had others, or there was none.
   */
  public boolean isInconclusiveAbout(String id) {
    return known()
        .filter(latest -> latest.bots().isEmpty())
        .filter(latest -> !absences.isConclusive(id, null, latest))
        .isPresent();
  }

  /**
   * Whether the last list may be believed that there is nothing: it has bots, or it has been empty
   * for this long. A list that is empty once proves nothing.
   */
  public boolean confirmsEmptiness(Duration apart) {
    return known().filter(latest -> absences.confirmEmptiness(latest, apart)).isPresent();
  }

  /** A bot that was created or changed through the operator, or read by its id. */
  public void put(Bot written, boolean created) {
    var bot = written.abridged();
    boolean isNews;
    synchronized (changing) {
      var before = bot(bot.id()).orElse(null);
      isNews = before != null && !Contents.looksSame(before, bot);
      if (!created && before == null && contents != null) {
        unlisted.found(bot, clock.instant());
      }
      unlisted.written(bot);
      known().ifPresent(listed -> listed.put(bot));
      writtenMeanwhile.put(bot.id(), bot);
      absences.end(bot.id());
      if (created || ownCreates.containsKey(bot.id())) {
        ownCreates.put(bot.id(), new OwnWrite(bot, clock.instant()));
      }
    }
    if (isNews) {
      listener.written(account, bot.id());
    }
  }

  /** A bot that was deleted through the operator. */
  public void remove(String id) {
    synchronized (changing) {
      unlisted.forget(id);
      known().ifPresent(listed -> listed.remove(id));
      writtenMeanwhile.put(id, null);
      ownCreates.remove(id);
      deleted.add(id);
      if (deleted.size() > MOST_DELETED) {
        deleted.removeFirst();
      }
    }
    listener.written(account, id);
  }

  /** The backend does not know a bot that was created through the operator: lists show that. */
  public void forgetCreate(String id) {
    ownCreates.remove(id);
  }

  /** Whether the backend has shown the bot, also if the last list lacks it: it lags no longer. */
  public boolean hasShown(String id) {
    synchronized (changing) {
      return !ownCreates.containsKey(id) && (bot(id).isPresent() || absences.isMissing(id));
    }
  }

  /** Whether this process deleted the bot, and the backend does not know it any longer. */
  public boolean wasDeleted(String id) {
    synchronized (changing) {
      return deleted.contains(id);
    }
  }

  /**
   * Reads a list whose call is sent after this one. Callers that ask while a call is under way, or
   * within a second after it was sent, share the next one, and its failure.
   *
   * @return why there is no new list; the one before stays. Empty: the list is new
   */
  public Optional<OkChatException> refresh() {
    var ticket = tickets.incrementAndGet();
    synchronized (listing) {
      if (servedTicket < ticket) {
        serve();
      }
      return failure();
    }
  }

  /** As {@link #refresh}, but any list that was ever read will do. */
  public Optional<OkChatException> ensureAsked() {
    if (wasAsked()) {
      return failure();
    }
    synchronized (listing) {
      if (!wasAsked()) {
        serve();
      }
      return failure();
    }
  }

  /** Those who asked up to now have their answer only when there is one. */
  private void serve() {
    awaitNextList();
    var upTo = tickets.get();
    listNow();
    servedTicket = upTo;
  }

  private void awaitNextList() {
    try {
      if (nextListAt != null) {
        time.sleep(Duration.between(time.instant(), nextListAt));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // The call itself says what follows from that.
    }
    nextListAt = time.instant().plus(LISTS_APART);
  }

  private void listNow() {
    var startedAt = clock.instant();
    attemptedAt = startedAt;
    var before = failure;
    synchronized (changing) {
      writtenMeanwhile.clear();
    }
    try {
      var listed = list.apply(this::asKnown);
      failure = null;
      listener.listed(account, replace(new Contents(listed, startedAt)), before != null);
    } catch (OkChatException e) {
      failure = e;
      if (before == null) {
        listener.failed(account);
      }
    } finally {
      quota.discard();
    }
  }

  /**
   * What has not changed stays the object that it is: thousands of new ones in each interval would
   * grow old in the heap, and have it collected.
   */
  private Bot asKnown(Bot listed) {
    var known = bot(listed.id()).filter(listed::equals);
    if (known.isEmpty()) {
      quota.read(listed);
    }
    return known.orElse(listed);
  }

  private InventoryChange replace(Contents latest) {
    synchronized (changing) {
      absences.note(contents, latest);
      keepOwnWrites(latest);
      unlisted.addTo(latest);
      quota.hold(latest.bots());
      var before = known().orElseGet(() -> new Contents(List.of(), latest.startedAt()));
      contents = latest;
      return latest.changeFrom(before);
    }
  }

  private void keepOwnWrites(Contents latest) {
    ownCreates
        .values()
        .removeIf(
            it ->
                latest.bot(it.bot().id()).isPresent()
                    || it.at().plus(LIST_LAG).isBefore(latest.startedAt()));
    ownCreates.values().forEach(it -> latest.put(it.bot()));
    writtenMeanwhile.forEach(
        (id, bot) -> {
          if (bot == null) {
            latest.remove(id);
          } else {
            latest.put(bot);
          }
        });
  }

  /** No list is read any more. */
  void close() {
    synchronized (listing) {
      quota.hold(List.of());
    }
  }

  private Optional<Contents> known() {
    return Optional.ofNullable(contents);
  }
}
