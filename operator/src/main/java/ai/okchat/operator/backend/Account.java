package ai.okchat.operator.backend;

import ai.okchat.operator.backend.Circuit.Admission;
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
      MonotonicTime time,
      InventoryQuota.Share quota) {
    this.id = id;
    this.seats = seats;
    this.seat = null;
    this.time = time;
    this.client = new AtomicReference<>(client);
    this.budget = new RequestBudget(clock, time);
    this.turns = new Turns(budget);
    this.circuit = new Circuit(time);
    this.listener = listener;
    this.lane = Lane.PEOPLE;
    // One list serves everybody, so it waits for nobody but people.
    this.inventory =
        new Inventory(
            id,
            kept -> list(okchat -> okchat.listChatbots(kept)),
            heeding(listener),
            clock,
            time,
            quota);
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

  /**
   * For a pass for which nobody waits.
   *
   * @param uid of the object that the pass is about
   * @param requeue asks for another pass over the object
   */
  public Seat seat(String uid, Runnable requeue) {
    return seats.forOnePass(uid, requeue);
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
   *     UNAVAILABLE while the circuit is open
   * @throws NoSeatException where the pass has to come back later; nothing was sent
   */
  public <T> T call(Function<OkChatClient, T> request) {
    if (seat != null && !seat.take()) {
      throw new NoSeatException();
    }
    requireAvailable();
    awaitTurn(lane, false);
    var admission = circuit.admit();
    if (admission == Admission.REFUSED) {
      throw paused();
    }
    var answer = send(request, admission);
    if (circuit.answered()) {
      tellOfTheCircuit();
    }
    return answer;
  }

  /**
   * Fails if a request would not be sent now: before a write that announces one.
   *
   * @throws OkChatException as {@link #call}
   */
  public void requireAvailable() {
    refuseWhileHeld();
    if (circuit.isRefusing()) {
      throw paused();
    }
  }

  private <T> T list(Function<OkChatClient, T> request) {
    awaitTurn(Lane.BACKGROUND, true);
    return send(request, Admission.REQUEST);
  }

  private <T> T send(Function<OkChatClient, T> request, Admission admission) {
    var sentAt = time.instant();
    try {
      return request.apply(client.get());
    } catch (OkChatException e) {
      if (circuit.failed(admission, e)) {
        tellOfTheCircuit();
      }
      if (e.kind() == FailureKind.RATE_LIMITED) {
        heed(sentAt, e.retryAfter().orElse(HOLD_WITHOUT_RETRY_AFTER));
      }
      throw e;
    } catch (RuntimeException | Error e) {
      circuit.abandoned(admission);
      throw e;
    }
  }

  private void tellOfTheCircuit() {
    if (circuit.isOpen()) {
      listener.failed(id);
    } else {
      listener.listed(id, InventoryChange.none(inventory.size()), true);
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

  /** Why requests are not sent currently: the backend rejects them, or does not work. */
  Optional<OkChatException> refusal() {
    return hold().or(() -> circuit.isOpen() ? Optional.of(paused()) : Optional.empty());
  }

  private static OkChatException paused() {
    return OkChatException.failure(FailureKind.UNAVAILABLE, "call", "the backend")
        .because("several requests in a row failed; requests are paused and are tried again")
        .mayHaveBeenApplied(false)
        .build();
  }

  private Optional<OkChatException> hold() {
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
    var hold = hold();
    if (hold.isPresent()) {
      throw hold.get();
    }
  }

  /** Returns with the turn, unless a hold began meanwhile. */
  private void awaitTurn(Lane as, boolean first) {
    refuseWhileHeld();
    try {
      turns.await(as, first);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw OkChatException.failure(FailureKind.UNAVAILABLE, "call", "the backend")
          .because("the operator is stopping")
          .mayHaveBeenApplied(false)
          .build();
    }
    refuseWhileHeld();
  }
}
