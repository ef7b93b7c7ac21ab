package ai.okchat.operator.account;

import ai.okchat.client.Bot;
import ai.okchat.client.OkChatException;
import ai.okchat.operator.scheduling.MonotonicTime;
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
 * All bots of one account, as in the last list. One list serves all objects of the account: it is
 * the health check, the drift check and the probe that ends an outage. Writes of the operator are
 * visible at once.
 */
public final class Inventory {

  /** Time for which lists may lack a bot that the operator created. */
  public static final Duration LIST_LAG = Duration.ofSeconds(60);

  private static final int MOST_DELETED = 10_000;

  /** Minimum time between the starts of two lists. */
  private static final Duration LISTS_APART = Duration.ofSeconds(1);

  /** Time after which an announced lookup begins again; most take a second. */
  private static final Duration LONGEST_LOOKUP = Duration.ofHours(1);

  private record OwnWrite(Bot bot, Instant at) {}

  /** The decision to look up a slug: lists of later tickets may have the bot. */
  private record Lookup(long ticket, Instant at) {}

  private final AccountId account;
  private final Function<UnaryOperator<Bot>, List<Bot>> list;
  private final InventoryListener listener;
  private final Clock clock;
  private final MonotonicTime time;
  private final InventoryQuota.Share quota;
  private final AtomicLong tickets = new AtomicLong();
  private final Object listing = new Object();
  private final Object changing = new Object();
  private final Map<String, Lookup> lookups = new ConcurrentHashMap<>();
  private final Map<String, OwnWrite> ownCreates = new ConcurrentHashMap<>();
  private final AbsenceTracker absences = new AbsenceTracker();
  private final UnlistedBots unlisted = new UnlistedBots();
  // Writes of the operator since the current list was requested: its response may lack them. Null:
  // deleted.
  private final Map<String, @Nullable Bot> writtenMeanwhile = new HashMap<>();

  // The last bots that the operator deleted.
  private final SequencedSet<String> deleted = new LinkedHashSet<>();

  private volatile boolean isListing;
  private volatile Duration listTime = Duration.ZERO;
  private long servedTicket;
  private @Nullable Instant nextListAt;
  private volatile @Nullable Instant attemptedAt;
  private volatile @Nullable BotIndex contents;
  private volatile @Nullable OkChatException failure;

  /**
   * @param list sends the request; applies the function to each bot as soon as it is read
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

  /** Returns whether a list was ever read. */
  public boolean isKnown() {
    return contents != null;
  }

  /** Returns whether a list was ever requested, with any result. */
  public boolean wasRequested() {
    return contents != null || failure != null;
  }

  /** Returns whether the last attempt to list was longer ago than this. */
  boolean isOlderThan(Duration age) {
    var attempt = attemptedAt;
    return attempt == null || attempt.plus(age).isBefore(clock.instant());
  }

  /**
   * Returns the failure of the last attempt to list; empty after a success and before the first
   * one.
   */
  public Optional<OkChatException> failure() {
    return Optional.ofNullable(failure);
  }

  public Optional<Bot> bot(String id) {
    return known().flatMap(latest -> latest.bot(id));
  }

  public Optional<Bot> withSlug(String slug) {
    return known().flatMap(latest -> latest.withSlug(slug));
  }

  /** Returns the number of bots; 0 if no list was read yet. */
  public int size() {
    return known().map(latest -> latest.bots().size()).orElse(0);
  }

  /** Returns the state of the inventory in numbers. */
  InventorySnapshot snapshot() {
    return new InventorySnapshot(known().map(BotIndex::startedAt), size(), failure().isPresent());
  }

  /** Returns an organization of the bots, the same one in each call; empty without a bot. */
  public Optional<String> organizationId() {
    return known().flatMap(contents -> contents.organizations().findFirst());
  }

  /** Returns whether the last list has a bot of this organization. */
  public boolean shows(@Nullable String organization) {
    return organization != null
        && known().filter(contents -> contents.hasOrganization(organization)).isPresent();
  }

  /**
   * Returns whether the last list shows another account than that of this organization: it has
   * bots, and none of this organization.
   */
  public boolean excludes(@Nullable String organization) {
    return organization != null
        && known()
            .filter(contents -> contents.organizations().findAny().isPresent())
            .filter(contents -> !contents.hasOrganization(organization))
            .isPresent();
  }

  /**
   * Returns whether two lists at least this far apart lacked the bot, both from its account; see
   * {@link #isInconclusiveAbout}.
   *
   * @param organization of the bot; null if unknown
   * @param emptyCounts whether a user approved that an empty list is one of its account
   */
  public boolean provesAbsent(
      String id, @Nullable String organization, Duration apart, boolean emptyCounts) {
    return known()
        .filter(latest -> absences.prove(id, organization, latest, apart, emptyCounts))
        .isPresent();
  }

  /**
   * Returns whether the last list is empty and does not show that this is the account of the bot:
   * the list with bots before it had others, or there was none.
   */
  public boolean isInconclusiveAbout(String id) {
    return known()
        .filter(latest -> latest.bots().isEmpty())
        .filter(latest -> !absences.isConclusive(id, null, latest))
        .isPresent();
  }

  /**
   * Returns whether the last list is conclusive about an empty account: it has bots, or it has been
   * empty for this long. A list that is empty once proves nothing.
   */
  public boolean confirmsEmptiness(Duration apart) {
    return known().filter(latest -> absences.confirmEmptiness(latest, apart)).isPresent();
  }

  /** Records a bot that the operator created, changed or read by its ID. */
  public void put(Bot written, boolean created) {
    var bot = written.abridged();
    boolean isNew;
    synchronized (changing) {
      var before = bot(bot.id()).orElse(null);
      isNew = before != null && !BotIndex.looksSame(before, bot);
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
    if (isNew) {
      listener.written(account, bot.id());
    }
  }

  /** Records that the operator deleted a bot. */
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

  /** Stops adding a created bot to lists: the backend does not know it, so lists are right. */
  public void forgetCreate(String id) {
    ownCreates.remove(id);
  }

  /**
   * Returns whether the backend has shown the bot, even if the last list lacks it: it no longer
   * lags.
   */
  public boolean hasShown(String id) {
    synchronized (changing) {
      return !ownCreates.containsKey(id) && (bot(id).isPresent() || absences.isMissing(id));
    }
  }

  /** Returns whether this process deleted the bot, and the backend no longer knows it. */
  public boolean wasDeleted(String id) {
    synchronized (changing) {
      return deleted.contains(id);
    }
  }

  /**
   * Reads a list whose request is sent after this call. Callers during a request, or within a
   * second after it was sent, share the next list and its failure.
   *
   * @return why there is no new list, and the previous one remains; empty: the list is new
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

  /** Records the decision to look up a slug, for {@link #refreshFor}. */
  public void announceLookup(String slug) {
    lookups.computeIfAbsent(slug, _ -> new Lookup(tickets.incrementAndGet(), time.instant()));
  }

  /**
   * Reads a list whose request is sent after the lookup of the slug was announced, or uses one that
   * is at most as old as a list may lag. Does not wait while no list may begin: the lookups of many
   * slugs share the next one.
   *
   * @return how long to wait before the next call; zero: the lookup is complete, and there is such
   *     a list or {@link #failure}
   */
  public Duration refreshFor(String slug) {
    announceLookup(slug);
    if (isListing) {
      return listTime.compareTo(LISTS_APART) > 0 ? listTime : LISTS_APART;
    }
    synchronized (listing) {
      var lookup = lookups.get(slug);
      if (lookup == null || !isServed(lookup)) {
        if (nextListAt != null && time.instant().isBefore(nextListAt)) {
          return LISTS_APART;
        }
        serve();
      }
      lookups.remove(slug);
      return Duration.ZERO;
    }
  }

  private boolean isServed(Lookup lookup) {
    return lookup.ticket() <= servedTicket
        && nextListAt != null
        && time.instant().isBefore(nextListAt.plus(LIST_LAG));
  }

  /** As {@link #refresh}, but returns the result of any earlier list. */
  public Optional<OkChatException> ensureRequested() {
    if (wasRequested()) {
      return failure();
    }
    synchronized (listing) {
      if (!wasRequested()) {
        serve();
      }
      return failure();
    }
  }

  /** Reads one list for all callers up to now; they are served only when it has ended. */
  private void serve() {
    isListing = true;
    try {
      awaitNextList();
      var upTo = tickets.get();
      var begin = time.instant();
      listNow();
      servedTicket = upTo;
      listTime = Duration.between(begin, time.instant());
    } finally {
      isListing = false;
    }
  }

  private void awaitNextList() {
    try {
      if (nextListAt != null) {
        time.sleep(Duration.between(time.instant(), nextListAt));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // The request itself fails then.
    }
    var now = time.instant();
    nextListAt = now.plus(LISTS_APART);
    lookups.values().removeIf(lookup -> lookup.at().plus(LONGEST_LOOKUP).isBefore(now));
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
      listener.listed(account, replace(new BotIndex(listed, startedAt)), before != null);
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
   * Returns the known object of an unchanged bot: thousands of new ones in each interval would grow
   * old in the heap and cause collections.
   */
  private Bot asKnown(Bot listed) {
    var known = bot(listed.id()).filter(listed::equals);
    if (known.isEmpty()) {
      quota.read(listed);
    }
    return known.orElse(listed);
  }

  private InventoryChange replace(BotIndex latest) {
    synchronized (changing) {
      absences.note(contents, latest);
      keepOwnWrites(latest);
      unlisted.addTo(latest);
      quota.store(latest.bots());
      var before = known().orElseGet(() -> new BotIndex(List.of(), latest.startedAt()));
      contents = latest;
      return latest.changeFrom(before);
    }
  }

  private void keepOwnWrites(BotIndex latest) {
    ownCreates
        .values()
        .removeIf(
            write ->
                latest.bot(write.bot().id()).isPresent()
                    || write.at().plus(LIST_LAG).isBefore(latest.startedAt()));
    ownCreates.values().forEach(write -> latest.put(write.bot()));
    writtenMeanwhile.forEach(
        (id, bot) -> {
          if (bot == null) {
            latest.remove(id);
          } else {
            latest.put(bot);
          }
        });
  }

  /** Releases the quota: no further list is read. */
  void close() {
    synchronized (listing) {
      quota.store(List.of());
    }
  }

  private Optional<BotIndex> known() {
    return Optional.ofNullable(contents);
  }
}
