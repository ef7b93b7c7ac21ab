package ai.okchat.operator.backend;

import ai.okchat.operator.okchat.CallObserver;
import ai.okchat.operator.okchat.Endpoint;
import ai.okchat.operator.okchat.OkChatClient;
import ai.okchat.operator.status.Jitter;
import ai.okchat.operator.status.MonotonicTime;
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

/** All accounts in use, each with its poll. One account for each URL and key, whoever names it. */
public final class Accounts implements InventoryListener, AutoCloseable {

  /** How old the list of an account may get that no object uses. */
  private static final Duration IDLE_POLL = Duration.ofMinutes(10);

  private final CallObserver observer;
  private final Seats seats;
  private final Clock clock;
  private final MonotonicTime time;
  private final InventoryQuota quota = new InventoryQuota();
  private final Map<AccountId, Account> accounts = new ConcurrentHashMap<>();
  private final List<InventoryListener> listeners = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService polls =
      Executors.newScheduledThreadPool(2, Thread.ofPlatform().daemon().name("poll-", 0).factory());

  /**
   * @param seats of all passes for which nobody waits, whatever the account
   */
  public Accounts(CallObserver observer, Seats seats, Clock clock, MonotonicTime time) {
    this.observer = observer;
    this.seats = seats;
    this.clock = clock;
    this.time = time;
  }

  /** Whoever wants to know what lists find. */
  public void addListener(InventoryListener listener) {
    listeners.add(listener);
  }

  /** Those that are known now, for requests that nobody waits for. */
  public Collection<Account> inBackground() {
    return accounts.values().stream().map(Account::inBackground).toList();
  }

  /** How the inventories of all accounts stand. */
  public List<InventorySnapshot> inventories() {
    return accounts.values().stream().map(it -> it.inventory().snapshot()).toList();
  }

  /** How fast an account may be asked. */
  record Limits(double requestsPerSecond, int burst) {}

  /**
   * How an account is polled.
   *
   * @param interval the shortest that any backend object asks for; empty: nobody leads there any
   *     more
   * @param used whether any object uses it; if not, the list is read every ten minutes only
   */
  record Poll(Optional<Duration> interval, boolean used) {}

  /**
   * The account behind this URL and key; an account that is known already gets the new settings.
   *
   * @param firstPoll how long until the first poll
   * @param polling asked at each poll
   */
  Account open(
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
              return new Account(id, client, this, seats, clock, time, quota.share());
            });
    account.reconfigure(client, limits.requestsPerSecond(), limits.burst());
    return account;
  }

  /** Each account in use, in numbers. */
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
