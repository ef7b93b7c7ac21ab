package ai.okchat.operator.kubernetes;

import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The reconciliation that a thread runs: its start and its outcome. */
public final class ReconcileScope {

  /**
   * The outcome of a reconciliation without a reason of {@code Ready}: the object no longer exists,
   * or nothing new is known.
   */
  public static final String NO_OUTCOME = "None";

  private static final ThreadLocal<@Nullable ReconcileScope> CURRENT = new ThreadLocal<>();

  private final Clock clock;
  private final Instant startedAt;
  private String outcome = NO_OUTCOME;

  private ReconcileScope(Clock clock) {
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  /** Starts the reconciliation of an object on this thread. */
  public static void begin(Clock clock) {
    CURRENT.set(new ReconcileScope(clock));
  }

  /** Ends the reconciliation of this thread. Returns empty if none was started. */
  public static Optional<ReconcileScope> end() {
    var ended = current();
    CURRENT.remove();
    return ended;
  }

  static Optional<ReconcileScope> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  /** Records that the reconciliation ends with the status of this object. */
  static void recordOutcome(HasMetadata object) {
    current()
        .ifPresent(
            run ->
                run.outcome =
                    Conditions.find(Conditions.of(object), ConditionType.Ready)
                        .map(Condition::getReason)
                        .filter(Reason::isKnown)
                        .orElse(NO_OUTCOME));
  }

  public Duration elapsed() {
    return Duration.between(startedAt, clock.instant());
  }

  /** Returns the last reason of the condition {@code Ready}: a bounded set of values. */
  public String outcome() {
    return outcome;
  }
}
