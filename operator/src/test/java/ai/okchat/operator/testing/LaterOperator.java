package ai.okchat.operator.testing;

import ai.okchat.operator.RunningOperator;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

/**
 * The operator as a process of its own whose clock is ahead, so that what it would wait a minute
 * for is over already.
 */
final class LaterOperator {

  private LaterOperator() {}

  /** Takes the namespace to watch, and how far the clock is ahead, as in {@code PT3M}. */
  public static void main(String[] args) throws IOException, InterruptedException {
    var clock = Clock.offset(Clock.systemUTC(), Duration.parse(args[1]));
    var kubernetes = new KubernetesClientBuilder().build();
    RunningOperator.start(TestedOperator.watching(args[0], false), kubernetes, clock);
    Thread.currentThread().join(); // Until it is killed.
  }
}
