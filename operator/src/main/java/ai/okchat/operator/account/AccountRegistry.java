package ai.okchat.operator.account;

import ai.okchat.client.CallObserver;
import ai.okchat.client.Endpoint;
import ai.okchat.client.OkChatClient;
import ai.okchat.operator.scheduling.BackgroundPermits;
import ai.okchat.operator.scheduling.Jitter;
import ai.okchat.operator.scheduling.MonotonicTime;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import okhttp3.OkHttpClient;

/** Stores all accounts in use, each with its poll: one account for each URL and key. */
public final class AccountRegistry implements InventoryListener, AutoCloseable {

  /** Maximum age of the list of an account that no object uses. */
  private static final Duration IDLE_POLL = Duration.ofMinutes(10);

  private final CallObserver observer;
  private final BackgroundPermits permits;
  private final Clock clock;
  private final MonotonicTime time;
  private final InventoryQuota quota = new InventoryQuota();
  private final Map<AccountId, Account> accounts = new ConcurrentHashMap<>();
  private final List<InventoryListener> listeners = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService polls =
      Executors.newScheduledThreadPool(2, Thread.ofPlatform().daemon().name("poll-", 0).factory());

  /**
   * @param permits of all background reconciliations, for all accounts
   */
  public AccountRegistry(
      CallObserver observer, BackgroundPermits permits, Clock clock, MonotonicTime time) {
    this.observer = observer;
    this.permits = permits;
    this.clock = clock;
    this.time = time;
  }

  /** Adds a listener that is notified of the results of lists. */
  public void addListener(InventoryListener listener) {
    listeners.add(listener);
  }

  /** Returns the accounts that are known now, for background requests. */
  public Collection<Account> inBackground() {
    return accounts.values().stream().map(Account::inBackground).toList();
  }

  /** Returns the state of the inventories of all accounts. */
  public List<InventorySnapshot> inventories() {
    return accounts.values().stream().map(account -> account.inventory().snapshot()).toList();
  }

  /** The rate limit of an account. */
  public record Limits(double requestsPerSecond, int burst) {}

  /**
   * The poll settings of an account.
   *
   * @param interval the shortest of all backend objects of the account; empty if there is none
   * @param used whether any object uses it; if not, the list is read every ten minutes only
   */
  public record Poll(Optional<Duration> interval, boolean used) {}

  /**
   * Returns the account of this URL and key; a known account gets the new settings.
   *
   * @param namespace of the backend object, which counts the list; empty for a cluster-wide one. A
   *     known account stays with the namespace that it was opened for
   * @param firstPoll delay of the first poll
   * @param polling returns the settings at each poll
   */
  public Account open(
      String namespace,
      Endpoint endpoint,
      OkHttpClient http,
      Limits limits,
      Duration firstPoll,
      Function<AccountId, Poll> polling) {
    var client = new OkChatClient(http, endpoint, observer);
    var account =
        accounts.computeIfAbsent(
            AccountId.of(endpoint),
            id -> {
              schedule(id, polling, firstPoll);
              return new Account(id, client, this, permits, clock, time, quota.share(namespace));
            });
    account.reconfigure(client, limits.requestsPerSecond(), limits.burst());
    return account;
  }

  /** Returns the numbers of each account in use. */
  public List<AccountSnapshot> snapshots() {
    return accounts.values().stream().map(Account::snapshot).toList();
  }

  @Override
  public void listed(AccountId account, InventoryChange change, boolean recovered) {
    listeners.forEach(listener -> listener.listed(account, change, recovered));
  }

  @Override
  public void failed(AccountId account) {
    listeners.forEach(listener -> listener.failed(account));
  }

  @Override
  public void written(AccountId account, String botId) {
    listeners.forEach(listener -> listener.written(account, botId));
  }

  @Override
  public void close() {
    polls.shutdownNow();
  }

  private void schedule(AccountId id, Function<AccountId, Poll> polling, Duration delay) {
    try {
      var _ =
          polls.schedule(
              () -> Thread.startVirtualThread(() -> poll(id, polling)),
              Jitter.of(delay).toMillis(),
              TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // The process is stopping.
    }
  }

  private void poll(AccountId id, Function<AccountId, Poll> polling) {
    var account = accounts.get(id);
    var poll = polling.apply(id);
    if (account == null || poll.interval().isEmpty()) {
      accounts.remove(id);
      if (account != null) {
        account.inventory().close();
      }
      return;
    }
    try {
      if (poll.used() || account.inventory().isOlderThan(IDLE_POLL)) {
        account.inventory().refresh();
      }
    } finally {
      schedule(id, polling, poll.interval().get());
    }
  }
}
