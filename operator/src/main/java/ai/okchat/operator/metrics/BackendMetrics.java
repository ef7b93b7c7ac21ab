package ai.okchat.operator.metrics;

import ai.okchat.operator.backend.Accounts;
import ai.okchat.operator.backend.InventorySnapshot;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

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
