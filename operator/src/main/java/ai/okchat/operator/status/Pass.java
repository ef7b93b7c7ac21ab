package ai.okchat.operator.status;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The pass that a thread is in: since when, and what it came to. */
public final class Pass {

  /** The outcome of a pass that came to no verdict: the object is gone, or nothing new is known. */
  public static final String NO_VERDICT = "None";

  private static final ThreadLocal<@Nullable Pass> CURRENT = new ThreadLocal<>();

  private final Clock clock;
  private final Instant startedAt;
  private String outcome = NO_VERDICT;

  private Pass(Clock clock) {
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  /** The thread turns to an object. */
  public static void begin(Clock clock) {
    CURRENT.set(new Pass(clock));
  }

  /** The thread is done with it. Empty where no pass began. */
  public static Optional<Pass> end() {
    var ended = current();
    CURRENT.remove();
    return ended;
  }

  static Optional<Pass> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  /** The object ends the pass with this status. */
  static void came(HasMetadata to) {
    current()
        .ifPresent(
            pass ->
                pass.outcome =
                    Conditions.find(Conditions.of(to), ConditionType.Ready)
                        .map(Condition::getReason)
                        .filter(Reason::isKnown)
                        .orElse(NO_VERDICT));
  }

  public Duration elapsed() {
    return Duration.between(startedAt, clock.instant());
  }

  /** The reason that the condition Ready gave in the end: a word from a bounded set. */
  public String outcome() {
    return outcome;
  }
}
