package ai.okchat.operator.backend;

import ai.okchat.operator.backend.Seats.Seat;
import ai.okchat.operator.okchat.FailureKind;
import ai.okchat.operator.okchat.OkChatClient;
import ai.okchat.operator.okchat.OkChatException;
import ai.okchat.operator.status.MonotonicTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One account of the backend: the client that reaches it, its inventory and its budget, for
 * requests of one lane.
 */
public final class Account {

  private static final Duration HOLD_WITHOUT_RETRY_AFTER = Duration.ofSeconds(30);

  private final AccountId id;
  private final MonotonicTime time;
  private final RequestBudget budget;
  private final Turns turns;
  private final Circuit circuit;
  private final Inventory inventory;
  private final AtomicReference<OkChatClient> client;
  private final InventoryListener listener;
  private final Seats seats;
  private final Lane lane;
  private final @Nullable Seat seat;

  Account(
      AccountId id,
      OkChatClient client,
      InventoryListener listener,
      Seats seats,
      Clock clock,
      MonotonicTime time) {
    this.id = id;
    this.seats = seats;
    this.seat = null;
    this.time = time;
    this.client = new AtomicReference<>(client);
    this.budget = new RequestBudget(clock, time);
    this.turns = new Turns(budget);
    this.circuit = new Circuit();
    this.listener = listener;
    this.lane = Lane.PEOPLE;
    // One list serves everybody, so it waits for nobody but people.
    this.inventory =
        new Inventory(
            id,
            kept -> send(it -> it.listChatbots(kept), Lane.BACKGROUND, true),
            heeding(listener),
            clock);
  }

  private Account(Account same, Lane lane, @Nullable Seat seat) {
    this.id = same.id;
    this.seats = same.seats;
    this.seat = seat;
    this.time = same.time;
    this.client = same.client;
    this.budget = same.budget;
    this.turns = same.turns;
    this.circuit = same.circuit;
    this.inventory = same.inventory;
    this.listener = same.listener;
    this.lane = lane;
  }

  /** The same account, for requests that nobody waits for. */
  Account inBackground() {
    return new Account(this, Lane.BACKGROUND, null);
  }

  /** The same account, for a pass that takes its seat with the first request. */
  Account inBackground(Seat ofThePass) {
    return new Account(this, Lane.BACKGROUND, ofThePass);
  }

  /** For a pass for which nobody waits. */
  public Seat seat() {
    return seats.forOnePass();
  }

  public AccountId id() {
    return id;
  }

  public Inventory inventory() {
    return inventory;
  }

  /** Until when the backend wants no request of this account. */
  public Optional<Instant> rateLimitedUntil() {
    return budget.heldUntil();
  }

  /**
   * One request within the budget of the account. Waits for its turn; while the backend wants no
   * request, or does not work, nothing is sent.
   *
   * @throws OkChatException as the request itself, or RATE_LIMITED with the rest of the hold, or
   *     UNAVAILABLE while only lists are sent
   * @throws NoSeatException where the pass has to come back later; nothing was sent
   */
  public <T> T call(Function<OkChatClient, T> request) {
    if (seat != null && !seat.take()) {
      throw new NoSeatException();
    }
    requireAvailable();
    var answer = send(request, lane, false);
    circuit.answered();
    return answer;
  }

  /**
   * Fails if a request would not be sent now: before a write that announces one.
   *
   * @throws OkChatException as {@link #call}
   */
  public void requireAvailable() {
    refuseWhileHeld();
    if (circuit.isOpen()) {
      throw OkChatException.failure(FailureKind.UNAVAILABLE, "call", "the backend")
          .because(
              "several calls in a row found it not working; none is sent before a list succeeds")
          .mayHaveBeenApplied(false)
          .build();
    }
  }

  private <T> T send(Function<OkChatClient, T> request, Lane as, boolean first) {
    refuseWhileHeld();
    awaitTurn(as, first);
    refuseWhileHeld();
    var sentAt = time.instant();
    try {
      return request.apply(client.get());
    } catch (OkChatException e) {
      circuit.failed(e.kind());
      if (e.kind() == FailureKind.RATE_LIMITED) {
        heed(sentAt, e.retryAfter().orElse(HOLD_WITHOUT_RETRY_AFTER));
      }
      throw e;
    }
  }

  private void heed(Instant sentAt, Duration pause) {
    if (turns.refused(sentAt, pause)) {
      listener.failed(id);
    }
  }

  /** The backend object was read anew: its time-out, its CA or its limits may have changed. */
  void reconfigure(OkChatClient newClient, double perSecond, int burst) {
    client.set(newClient);
    turns.configure(perSecond, burst);
  }

  AccountSnapshot snapshot() {
    return new AccountSnapshot(
        id,
        budget.ceiling(),
        budget.perSecond(),
        budget.heldUntil(),
        turns.snapshot(Lane.PEOPLE),
        turns.snapshot(Lane.BACKGROUND));
  }

  /** Objects whose calls failed while lists did not are told of the next good one too. */
  private InventoryListener heeding(InventoryListener listener) {
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

  /** What a request would be refused with now, since the backend wants none. */
  Optional<OkChatException> refusal() {
    var rest = budget.holdLeft();
    return rest.isPositive()
        ? Optional.of(
            OkChatException.failure(FailureKind.RATE_LIMITED, "call", "the backend")
                .because("it asked to be left alone for a while")
                .retryAfter(Optional.of(rest))
                .mayHaveBeenApplied(false)
                .build())
        : Optional.empty();
  }

  private void refuseWhileHeld() {
    var refusal = refusal();
    if (refusal.isPresent()) {
      throw refusal.get();
    }
  }

  private void awaitTurn(Lane as, boolean first) {
    try {
      turns.await(as, first);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw OkChatException.failure(FailureKind.UNAVAILABLE, "call", "the backend")
          .because("the operator is stopping")
          .mayHaveBeenApplied(false)
          .build();
    }
  }
}
