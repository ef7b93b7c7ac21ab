package ai.okchat.operator.account;

import ai.okchat.client.FailureKind;
import ai.okchat.client.KnowledgeDocument;
import ai.okchat.client.OkChatClient;
import ai.okchat.client.OkChatException;
import ai.okchat.operator.account.CircuitBreaker.Admission;
import ai.okchat.operator.scheduling.BackgroundPermits;
import ai.okchat.operator.scheduling.BackgroundPermits.Permit;
import ai.okchat.operator.scheduling.MonotonicTime;
import ai.okchat.operator.scheduling.NoPermitException;
import ai.okchat.operator.scheduling.RequestPriority;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One account of the backend: its client, inventory and rate limit, for requests of one priority.
 */
public final class Account {

  private static final Duration WITHOUT_RETRY_AFTER = Duration.ofSeconds(30);

  private final AccountId id;
  private final MonotonicTime time;
  private final RateLimiter rateLimiter;
  private final RequestQueue queue;
  private final CircuitBreaker circuit;
  private final Inventory inventory;
  private final AtomicReference<OkChatClient> client;
  private final InventoryListener listener;
  private final BackgroundPermits permits;
  private final RequestPriority priority;
  private final @Nullable Permit permit;

  Account(
      AccountId id,
      OkChatClient client,
      InventoryListener listener,
      BackgroundPermits permits,
      Clock clock,
      MonotonicTime time,
      InventoryQuota.Share quota) {
    this.id = id;
    this.permits = permits;
    this.permit = null;
    this.time = time;
    this.client = new AtomicReference<>(client);
    this.rateLimiter = new RateLimiter(clock, time);
    this.queue = new RequestQueue(rateLimiter);
    this.circuit = new CircuitBreaker(time);
    this.listener = listener;
    this.priority = RequestPriority.INTERACTIVE;
    // One list serves all objects of the account, so it waits for interactive requests only.
    this.inventory =
        new Inventory(
            id,
            kept -> list(okchat -> okchat.listChatbots(kept)),
            withCircuitRecovery(listener),
            clock,
            time,
            quota);
  }

  private Account(Account same, RequestPriority priority, @Nullable Permit permit) {
    this.id = same.id;
    this.permits = same.permits;
    this.permit = permit;
    this.time = same.time;
    this.client = same.client;
    this.rateLimiter = same.rateLimiter;
    this.queue = same.queue;
    this.circuit = same.circuit;
    this.inventory = same.inventory;
    this.listener = same.listener;
    this.priority = priority;
  }

  /** Returns the same account for background requests. */
  public Account inBackground() {
    return new Account(this, RequestPriority.BACKGROUND, null);
  }

  /** Returns the same account for a reconciliation that takes its permit with the first request. */
  public Account inBackground(Permit permit) {
    return new Account(this, RequestPriority.BACKGROUND, permit);
  }

  /**
   * Returns the permit of a background reconciliation.
   *
   * @param namespace of the reconciled object
   * @param uid of the reconciled object
   * @param requeue triggers another reconciliation of the object
   */
  public Permit backgroundPermit(String namespace, String uid, Runnable requeue) {
    return permits.permitFor(namespace, uid, requeue);
  }

  public AccountId id() {
    return id;
  }

  public Inventory inventory() {
    return inventory;
  }

  /** Returns until when the backend rate-limits this account; empty if it does not. */
  public Optional<Instant> rateLimitedUntil() {
    return rateLimiter.throttledUntil();
  }

  /**
   * Sends one request within the rate limit of the account. Waits in the queue; while the backend
   * rate-limits the account, or does not work, nothing is sent.
   *
   * @throws OkChatException as the request itself, or RATE_LIMITED with the remaining {@code
   *     Retry-After}, or UNAVAILABLE while the circuit is open
   * @throws NoPermitException if the object has to be requeued; nothing was sent
   */
  public <T> T call(Function<OkChatClient, T> request) {
    if (permit != null && !permit.tryAcquire()) {
      throw new NoPermitException();
    }
    requireAvailable();
    awaitQueue(priority, false);
    var admission = circuit.admit();
    if (admission == Admission.REFUSED) {
      throw paused();
    }
    var response = send(request, admission);
    if (circuit.answered()) {
      notifyOfCircuit();
    }
    return response;
  }

  /**
   * Lists the documents of a bot and returns those that are selected. They count as memory of the
   * reconciliation until its end; of the others, only the IDs are kept while the list is read.
   *
   * @throws OkChatException as {@link #call}, or UNEXPECTED_RESPONSE if the list needs more memory
   *     than one namespace may use
   * @throws NoPermitException as {@link #call}, or if other lists currently need the memory
   */
  public List<KnowledgeDocument> listKnowledge(
      String botId, Predicate<KnowledgeDocument> selected) {
    var reservation = new DocumentReservation(selected, permit);
    var all = call(okchat -> okchat.listKnowledge(botId, reservation)).documents();
    reservation.releaseOthers();
    return all.stream().filter(selected).toList();
  }

  /**
   * Fails if a request would not be sent now. Called before a write that announces a request.
   *
   * @throws OkChatException as {@link #call}
   */
  public void requireAvailable() {
    failWhileThrottled();
    if (circuit.isRejecting()) {
      throw paused();
    }
  }

  private <T> T list(Function<OkChatClient, T> request) {
    awaitQueue(RequestPriority.BACKGROUND, true);
    return send(request, Admission.REQUEST);
  }

  private <T> T send(Function<OkChatClient, T> request, Admission admission) {
    var sentAt = time.instant();
    try {
      return request.apply(client.get());
    } catch (OkChatException e) {
      if (circuit.failed(admission, e)) {
        notifyOfCircuit();
      }
      if (e.kind() == FailureKind.RATE_LIMITED) {
        throttle(sentAt, e.retryAfter().orElse(WITHOUT_RETRY_AFTER));
      }
      throw e;
    } catch (RuntimeException | Error e) {
      circuit.abandoned(admission);
      throw e;
    }
  }

  private void notifyOfCircuit() {
    if (circuit.isOpen()) {
      listener.failed(id);
    } else {
      listener.listed(id, InventoryChange.none(inventory.size()), true);
    }
  }

  private void throttle(Instant sentAt, Duration pause) {
    if (queue.refused(sentAt, pause)) {
      listener.failed(id);
    }
  }

  /** Applies the settings of the backend object: its timeout, CA or limits may have changed. */
  void reconfigure(OkChatClient newClient, double perSecond, int burst) {
    client.set(newClient);
    queue.configure(perSecond, burst);
  }

  AccountSnapshot snapshot() {
    return new AccountSnapshot(
        id,
        rateLimiter.ceiling(),
        rateLimiter.perSecond(),
        rateLimiter.throttledUntil(),
        queue.snapshot(RequestPriority.INTERACTIVE),
        queue.snapshot(RequestPriority.BACKGROUND));
  }

  /** Returns a listener that also reports recovery if requests failed while lists did not. */
  private InventoryListener withCircuitRecovery(InventoryListener listener) {
    return new InventoryListener() {
      @Override
      public void listed(AccountId account, InventoryChange change, boolean recovered) {
        listener.listed(account, change, circuit.listed() || recovered);
      }

      @Override
      public void failed(AccountId account) {
        listener.failed(account);
      }

      @Override
      public void written(AccountId account, String botId) {
        listener.written(account, botId);
      }
    };
  }

  /** Returns why requests are not sent currently: the backend rejects them, or does not work. */
  public Optional<OkChatException> rejection() {
    return throttled().or(() -> circuit.isOpen() ? Optional.of(paused()) : Optional.empty());
  }

  private static OkChatException paused() {
    return OkChatException.failure(FailureKind.UNAVAILABLE, "call", "the backend")
        .because("several requests in a row failed; requests are paused and are tried again")
        .mayHaveBeenApplied(false)
        .build();
  }

  private Optional<OkChatException> throttled() {
    var rest = rateLimiter.throttledFor();
    return rest.isPositive()
        ? Optional.of(
            OkChatException.failure(FailureKind.RATE_LIMITED, "call", "the backend")
                .because("it throttles requests until Retry-After has passed")
                .retryAfter(Optional.of(rest))
                .mayHaveBeenApplied(false)
                .build())
        : Optional.empty();
  }

  private void failWhileThrottled() {
    var throttled = throttled();
    if (throttled.isPresent()) {
      throw throttled.get();
    }
  }

  /** Waits until the request may be sent; fails if throttling begins meanwhile. */
  private void awaitQueue(RequestPriority as, boolean first) {
    failWhileThrottled();
    try {
      queue.await(as, first);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw OkChatException.failure(FailureKind.UNAVAILABLE, "call", "the backend")
          .because("the operator is stopping")
          .mayHaveBeenApplied(false)
          .build();
    }
    failWhileThrottled();
  }
}
