package ai.okchat.operator.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Checks that no part of the process is stalled. Each part is tried repeatedly, on its own thread:
 * a try that does not return, or returns false, is a stalled part.
 */
public final class LivenessCheck implements AutoCloseable {

  /** The time after which a part counts as stalled; a long pause of the JVM is shorter. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration INTERVAL = Duration.ofSeconds(5);

  /**
   * One part of the process that must not stall.
   *
   * @param name its name on {@code /livez}
   * @param moves performs as much of the work of the part as is possible without effects, and
   *     returns whether it succeeded
   */
  public record Part(String name, BooleanSupplier moves) {}

  private final Clock clock;
  private final List<Watch> watches;

  private LivenessCheck(List<Part> parts, Clock clock) {
    this.clock = clock;
    this.watches = parts.stream().map(Watch::new).toList();
  }

  /** Tries all parts until it is closed. */
  public static LivenessCheck start(List<Part> parts, Clock clock) {
    var check = new LivenessCheck(parts, clock);
    check.watches.forEach(watch -> watch.thread.start());
    return check;
  }

  /** Returns the names of the stalled parts; empty if there are none. */
  public Optional<String> stalledParts() {
    var stalled =
        watches.stream()
            .filter(Watch::isStalled)
            .map(watch -> watch.part.name())
            .collect(Collectors.joining(", "));
    return stalled.isEmpty() ? Optional.empty() : Optional.of("no progress: " + stalled);
  }

  @Override
  public void close() {
    watches.forEach(watch -> watch.thread.interrupt());
  }

  private final class Watch {

    private final Part part;
    private final Thread thread;
    private volatile Instant movedAt = clock.instant();

    Watch(Part part) {
      this.part = part;
      // A platform thread, because virtual threads may be the stalled part.
      this.thread =
          Thread.ofPlatform()
              .daemon()
              .name("self-check: " + part.name())
              .unstarted(this::tryUntilStopped);
    }

    boolean isStalled() {
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
