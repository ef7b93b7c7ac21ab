package ai.okchat.operator.testing;

import ai.okchat.operator.OkChatOperator;
import ai.okchat.operator.config.OperatorConfig;
import ai.okchat.operator.config.OperatorOptions;
import ai.okchat.operator.kubernetes.KubernetesJson;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import picocli.CommandLine;

/**
 * The packaged operator as a process whose clock is ahead, so that what it would wait a minute for
 * is over already. It needs nothing of the tests but itself.
 */
final class SuccessorOperator {

  private SuccessorOperator() {}

  /** Takes how far the clock is ahead, as in {@code -Dahead=PT3M}, and the operator's flags. */
  public static void main(String[] args) throws IOException, InterruptedException {
    var options = new OperatorOptions();
    new CommandLine(options).parseArgs(args);
    var clock = Clock.offset(Clock.systemUTC(), Duration.parse(System.getProperty("ahead")));
    var kubernetes =
        new KubernetesClientBuilder().withKubernetesSerialization(KubernetesJson.create()).build();
    OkChatOperator.start(OperatorConfig.of(options, System.getenv()), kubernetes, clock);
    Thread.currentThread().join(); // Until it is killed.
  }
}
