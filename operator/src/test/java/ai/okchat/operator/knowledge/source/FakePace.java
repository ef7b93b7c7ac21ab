package ai.okchat.operator.knowledge.source;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A time that passes only while the operator waits. */
final class FakePace implements PoliteFetcher.Pace {

  private final List<Duration> waits = new CopyOnWriteArrayList<>();
  private volatile Duration now = Duration.ofHours(5);

  @Override
  public Duration time() {
    return now;
  }

  @Override
  public Instant now() {
    return Instant.parse("2026-03-01T08:00:00Z").plus(now);
  }

  @Override
  public void sleep(Duration wait) {
    waits.add(wait);
    pass(wait);
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  List<Duration> waits() {
    return List.copyOf(waits);
  }
}
