package ai.okchat.operator.metrics;

import ai.okchat.operator.backend.AccountSnapshot;
import ai.okchat.operator.backend.AccountSnapshot.LaneSnapshot;
import ai.okchat.operator.backend.Accounts;
import ai.okchat.operator.backend.InventorySnapshot;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** How the accounts stand, all of them together: their number has no bound, so none has a label. */
final class BackendMetrics {

  private final Accounts accounts;
  private final Clock clock;

  private BackendMetrics(Accounts accounts, Clock clock) {
    this.accounts = accounts;
    this.clock = clock;
  }

  static void register(Accounts accounts, MeterRegistry registry, Clock clock) {
    var metrics = new BackendMetrics(accounts, clock);
    metrics.count("listed", it -> !it.isFailing() && it.listedAt().isPresent(), registry);
    metrics.count("failing", InventorySnapshot::isFailing, registry);
    metrics.count("unlisted", it -> !it.isFailing() && it.listedAt().isEmpty(), registry);
    Gauge.builder("okchat.inventory.age", metrics, BackendMetrics::age)
        .description("How long ago the oldest of the accounts' lists was asked for.")
        .baseUnit("seconds")
        .register(registry);
    Gauge.builder("okchat.inventory.bots", metrics, BackendMetrics::bots)
        .description("Bots in all accounts, whoever made them.")
        .register(registry);
    metrics.budget("allowed", AccountSnapshot::allowedPerSecond, registry);
    metrics.budget("learnt", AccountSnapshot::learntPerSecond, registry);
    Gauge.builder("okchat.backend.hold", metrics, BackendMetrics::hold)
        .description("How long the longest hold lasts that a backend asked for.")
        .baseUnit("seconds")
        .register(registry);
    metrics.lane("people", AccountSnapshot::people, registry);
    metrics.lane("background", AccountSnapshot::background, registry);
  }

  private void budget(
      String limit, ToDoubleFunction<AccountSnapshot> perSecond, MeterRegistry registry) {
    Gauge.builder("okchat.backend.budget.per.second", this, it -> it.sum(perSecond))
        .description("Requests a second that may be sent, all accounts together.")
        .tag("limit", limit)
        .register(registry);
  }

  private void lane(
      String name, Function<AccountSnapshot, LaneSnapshot> lane, MeterRegistry registry) {
    Gauge.builder("okchat.backend.queue.depth", this, it -> it.sum(of -> lane.apply(of).waiting()))
        .description("Requests that wait for the budget of their account.")
        .tag("lane", name)
        .register(registry);
    FunctionCounter.builder(
            "okchat.backend.queue.turns", this, it -> it.sum(of -> lane.apply(of).turns()))
        .description("Requests that got their turn.")
        .tag("lane", name)
        .register(registry);
    FunctionCounter.builder(
            "okchat.backend.queue.wait",
            this,
            it -> it.sum(of -> lane.apply(of).waited().toMillis() / 1_000.0))
        .description("How long those waited, all together.")
        .baseUnit("seconds")
        .tag("lane", name)
        .register(registry);
  }

  private double sum(ToDoubleFunction<AccountSnapshot> value) {
    return accounts.snapshots().stream().mapToDouble(value).sum();
  }

  private double hold() {
    var now = clock.instant();
    return accounts.snapshots().stream()
        .map(AccountSnapshot::heldUntil)
        .flatMap(Optional::stream)
        .mapToDouble(it -> Math.max(0, Duration.between(now, it).toMillis() / 1_000.0))
        .max()
        .orElse(0);
  }

  private void count(String state, Predicate<InventorySnapshot> is, MeterRegistry registry) {
    Gauge.builder(
            "okchat.backend.accounts",
            this,
            it -> (double) it.accounts.inventories().stream().filter(is).count())
        .description("Accounts by how their last list went.")
        .tag("state", state)
        .register(registry);
  }

  private double age() {
    var now = clock.instant();
    return accounts.inventories().stream()
        .map(InventorySnapshot::listedAt)
        .flatMap(Optional::stream)
        .mapToDouble(it -> Duration.between(it, now).toMillis() / 1_000.0)
        .max()
        .orElse(0);
  }

  private double bots() {
    return accounts.inventories().stream().mapToInt(InventorySnapshot::bots).sum();
  }
}
