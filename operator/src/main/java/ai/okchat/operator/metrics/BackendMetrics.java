package ai.okchat.operator.metrics;

import ai.okchat.operator.account.AccountRegistry;
import ai.okchat.operator.account.AccountSnapshot;
import ai.okchat.operator.account.AccountSnapshot.QueueSnapshot;
import ai.okchat.operator.account.InventorySnapshot;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * Metrics of all accounts together: their number has no limit, so no metric has a label for one
 * account.
 */
final class BackendMetrics {

  private final AccountRegistry accounts;
  private final Clock clock;

  private BackendMetrics(AccountRegistry accounts, Clock clock) {
    this.accounts = accounts;
    this.clock = clock;
  }

  static void register(AccountRegistry accounts, MeterRegistry registry, Clock clock) {
    var metrics = new BackendMetrics(accounts, clock);
    metrics.count(
        "listed", account -> !account.isFailing() && account.listedAt().isPresent(), registry);
    metrics.count("failing", InventorySnapshot::isFailing, registry);
    metrics.count(
        "unlisted", account -> !account.isFailing() && account.listedAt().isEmpty(), registry);
    Gauge.builder("okchat.inventory.age", metrics, BackendMetrics::age)
        .description("Age of the oldest list of all accounts.")
        .baseUnit("seconds")
        .register(registry);
    Gauge.builder("okchat.inventory.bots", metrics, BackendMetrics::bots)
        .description("Bots in all accounts, including those of other clients.")
        .register(registry);
    metrics.rateLimit("configured", AccountSnapshot::configuredPerSecond, registry);
    metrics.rateLimit("effective", AccountSnapshot::effectivePerSecond, registry);
    Gauge.builder("okchat.backend.throttled", metrics, BackendMetrics::throttled)
        .description("Remaining wait of the requests of the account with the longest Retry-After.")
        .baseUnit("seconds")
        .register(registry);
    metrics.priority("interactive", AccountSnapshot::interactive, registry);
    metrics.priority("background", AccountSnapshot::background, registry);
  }

  private void rateLimit(
      String type, ToDoubleFunction<AccountSnapshot> perSecond, MeterRegistry registry) {
    Gauge.builder("okchat.backend.rate.limit", this, metrics -> metrics.sum(perSecond))
        .description("Requests per second that may be sent, the sum over all accounts.")
        .tag("type", type)
        .register(registry);
  }

  private void priority(
      String name, Function<AccountSnapshot, QueueSnapshot> queue, MeterRegistry registry) {
    Gauge.builder(
            "okchat.backend.queue.depth",
            this,
            metrics -> metrics.sum(account -> queue.apply(account).waiting()))
        .description("Requests that wait for the rate limit of their account.")
        .tag("priority", name)
        .register(registry);
    FunctionCounter.builder(
            "okchat.backend.queue.dequeued",
            this,
            metrics -> metrics.sum(account -> queue.apply(account).turns()))
        .description("Requests that were taken from the queue.")
        .tag("priority", name)
        .register(registry);
    FunctionCounter.builder(
            "okchat.backend.queue.wait",
            this,
            metrics -> metrics.sum(account -> queue.apply(account).waited().toMillis() / 1_000.0))
        .description("Total time that the dequeued requests waited.")
        .baseUnit("seconds")
        .tag("priority", name)
        .register(registry);
  }

  private double sum(ToDoubleFunction<AccountSnapshot> value) {
    return accounts.snapshots().stream().mapToDouble(value).sum();
  }

  private double throttled() {
    var now = clock.instant();
    return accounts.snapshots().stream()
        .map(AccountSnapshot::throttledUntil)
        .flatMap(Optional::stream)
        .mapToDouble(until -> Math.max(0, Duration.between(now, until).toMillis() / 1_000.0))
        .max()
        .orElse(0);
  }

  private void count(String state, Predicate<InventorySnapshot> is, MeterRegistry registry) {
    Gauge.builder(
            "okchat.backend.accounts",
            this,
            metrics -> (double) metrics.accounts.inventories().stream().filter(is).count())
        .description("Accounts by the result of their last list.")
        .tag("state", state)
        .register(registry);
  }

  private double age() {
    var now = clock.instant();
    return accounts.inventories().stream()
        .map(InventorySnapshot::listedAt)
        .flatMap(Optional::stream)
        .mapToDouble(listedAt -> Duration.between(listedAt, now).toMillis() / 1_000.0)
        .max()
        .orElse(0);
  }

  private double bots() {
    return accounts.inventories().stream().mapToInt(InventorySnapshot::bots).sum();
  }
}
