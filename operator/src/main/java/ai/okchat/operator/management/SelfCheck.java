package ai.okchat.operator.management;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Whether the process still moves. Each part that must not stand still is tried over and over, on a
 * thread of its own: a try that does not come back, or says no, is a part that stands still.
 */
public final class SelfCheck implements AutoCloseable {

  /** How long a part may stand still; a long pause of the JVM is shorter. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration INTERVAL = Duration.ofSeconds(5);

  /**
   * One thing that must not stand still.
   *
   * @param name what it is called on {@code /livez}
   * @param moves takes part in the work, as far as it can without doing any
   */
  public record Part(String name, BooleanSupplier moves) {}

  private final Clock clock;
  private final List<Watch> watches;

  private SelfCheck(List<Part> parts, Clock clock) {
    this.clock = clock;
    this.watches = parts.stream().map(Watch::new).toList();
  }

  /** Tries all parts until it is closed. */
  public static SelfCheck start(List<Part> parts, Clock clock) {
    var check = new SelfCheck(parts, clock);
    check.watches.forEach(it -> it.thread.start());
    return check;
  }

  /** The names of the parts that stand still; empty where all move. */
  public Optional<String> standstill() {
    var still =
        watches.stream()
            .filter(Watch::standsStill)
            .map(it -> it.part.name())
            .collect(Collectors.joining(", "));
    return still.isEmpty() ? Optional.empty() : Optional.of("stands still: " + still);
  }

  @Override
  public void close() {
    watches.forEach(it -> it.thread.interrupt());
  }

  private final class Watch {

    private final Part part;
    private final Thread thread;
    private volatile Instant movedAt = clock.instant();

    Watch(Part part) {
      this.part = part;
      // Not a virtual one: those may be what stands still.
      this.thread =
          Thread.ofPlatform()
              .daemon()
              .name("self-check: " + part.name())
              .unstarted(this::tryUntilStopped);
    }

    boolean standsStill() {
      return movedAt.plus(PATIENCE).isBefore(clock.instant());
    }

    private void tryUntilStopped() {
      try {
        while (true) {
          if (part.moves().getAsBoolean()) {
            movedAt = clock.instant();
          }
          Thread.sleep(INTERVAL);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
