package ai.okchat.operator.scheduling;

import io.javaoperatorsdk.operator.processing.retry.Retry;
import io.javaoperatorsdk.operator.processing.retry.RetryExecution;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Retries forever with exponential backoff: from one second, doubling, at most five minutes, each
 * delay a fifth shorter or longer at random, so that objects that failed together do not retry
 * together. No other layer retries.
 */
public final class BackoffRetry implements Retry {

  public static final Duration FIRST = Duration.ofSeconds(1);
  static final Duration LONGEST = Duration.ofMinutes(5);
  static final double JITTER = 0.2;

  @Override
  public RetryExecution initExecution() {
    return new Execution();
  }

  private static final class Execution implements RetryExecution {

    private int attempts;

    @Override
    public Optional<Long> nextDelay() {
      var doubled = (double) FIRST.toMillis() * Math.pow(2, attempts++);
      var capped = Math.min(doubled, (double) LONGEST.toMillis());
      return Optional.of(
          (long) (capped * ThreadLocalRandom.current().nextDouble(1 - JITTER, 1 + JITTER)));
    }

    @Override
    public int getAttemptCount() {
      return attempts;
    }

    @Override
    public boolean isLastAttempt() {
      return false;
    }
  }
}
