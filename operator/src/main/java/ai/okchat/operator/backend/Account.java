package ai.okchat.operator.backend;

import ai.okchat.operator.okchat.FailureKind;
import ai.okchat.operator.okchat.OkChatClient;
import ai.okchat.operator.okchat.OkChatException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** One account of the backend: the client that reaches it, its inventory and its budget. */
public final class Account {

  private static final Duration HOLD_WITHOUT_RETRY_AFTER = Duration.ofSeconds(30);

  private final AccountId id;
  private final RequestBudget budget;
  private final Circuit circuit = new Circuit();
  private final Inventory inventory;
  private volatile OkChatClient client;

  Account(AccountId id, OkChatClient client, InventoryListener listener, Clock clock) {
    this.id = id;
    this.client = client;
    this.budget = new RequestBudget(clock);
    this.inventory =
        new Inventory(id, () -> send(OkChatClient::listChatbots), heeding(listener), clock);
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
   */
  public <T> T call(Function<OkChatClient, T> request) {
    refuseWhileHeld();
    if (circuit.isOpen()) {
      throw OkChatException.failure(FailureKind.UNAVAILABLE, "call", "the backend")
          .because(
              "several calls in a row found it not working; none is sent before a list succeeds")
          .mayHaveBeenApplied(false)
          .build();
    }
    var answer = send(request);
    circuit.answered();
    return answer;
  }

  private <T> T send(Function<OkChatClient, T> request) {
    refuseWhileHeld();
    awaitTurn(budget.take());
    try {
      return request.apply(client);
    } catch (OkChatException e) {
      circuit.failed(e.kind());
      if (e.kind() == FailureKind.RATE_LIMITED) {
        budget.hold(e.retryAfter().orElse(HOLD_WITHOUT_RETRY_AFTER));
      }
      throw e;
    }
  }

  /** The backend object was read anew: its time-out, its CA or its limits may have changed. */
  void reconfigure(OkChatClient newClient, double perSecond, int burst) {
    client = newClient;
    budget.configure(perSecond, burst);
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
    };
  }

  private void refuseWhileHeld() {
    var rest = budget.holdLeft();
    if (rest.isPositive()) {
      throw OkChatException.failure(FailureKind.RATE_LIMITED, "call", "the backend")
          .because("it asked to be left alone for a while")
          .retryAfter(Optional.of(rest))
          .mayHaveBeenApplied(false)
          .build();
    }
  }

  private static void awaitTurn(Duration wait) {
    if (wait.isZero()) {
      return;
    }
    try {
      Thread.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw OkChatException.failure(FailureKind.UNAVAILABLE, "call", "the backend")
          .because("the operator is stopping")
          .mayHaveBeenApplied(false)
          .build();
    }
  }
}
