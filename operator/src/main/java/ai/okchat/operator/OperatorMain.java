package ai.okchat.operator;

import ai.okchat.operator.config.InvalidConfigException;
import ai.okchat.operator.config.Logging;
import ai.okchat.operator.config.NativeCryptography;
import ai.okchat.operator.config.OperatorConfig;
import ai.okchat.operator.config.OperatorOptions;
import ai.okchat.operator.knowledge.source.StaleTempDirs;
import ai.okchat.operator.kubernetes.BoundedListPages;
import ai.okchat.operator.kubernetes.KubernetesJson;
import ai.okchat.operator.kubernetes.RestoredEtcdDetector;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.OperatorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Runs the operator process: reads flags and environment, and runs the operator until the process
 * is stopped.
 */
public final class OperatorMain {

  private static final Logger LOG = LoggerFactory.getLogger(OperatorMain.class);
  private static final int WRONG_USAGE = 2;
  private static final int FAILED = 1;
  private static final int ETCD_RESTORED = 4;
  private static final String USER_AGENT = "okchat-operator";

  private OperatorMain() {}

  public static void main(String[] args) throws InterruptedException {
    var options = new OperatorOptions();
    var command = new CommandLine(options);
    try {
      command.parseArgs(args);
      if (CommandLine.printHelpIfRequested(command.getParseResult())) {
        return;
      }
      run(OperatorConfig.of(options, System.getenv()));
    } catch (ParameterException | InvalidConfigException e) {
      System.err.println(e.getMessage());
      System.err.println("Try: okchat-operator --help");
      System.exit(WRONG_USAGE);
    } catch (StartException e) {
      System.err.println(e.getMessage());
      System.exit(FAILED);
    }
  }

  private static String rootMessage(Throwable e) {
    var root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName() + ": " + root.getMessage();
  }

  /**
   * Removes the folders of earlier processes. A folder that cannot be removed does not prevent the
   * start.
   */
  private static void removeStaleTempDirs() {
    try {
      StaleTempDirs.remove(Path.of(System.getProperty("java.io.tmpdir")));
    } catch (UncheckedIOException e) {
      LOG.atWarn()
          .addKeyValue("error", e.getMessage())
          .log("Temporary folders of an earlier process were not removed");
    }
  }

  /** Ends the process: the next one reads the restored state. */
  private static void endAfterARestore() {
    LOG.error("etcd was restored to an older state; the process ends to read it");
    Runtime.getRuntime().halt(ETCD_RESTORED);
  }

  private static void run(OperatorConfig config) throws InterruptedException {
    Logging.configure(config.logFormat(), config.logLevel());
    removeStaleTempDirs();
    var cryptography = Thread.ofPlatform().start(NativeCryptography::install);
    var kubernetes =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(Config.autoConfigure(null)).withUserAgent(USER_AGENT).build())
            .withKubernetesSerialization(KubernetesJson.create())
            .withHttpClientFactory(
                BoundedListPages.httpClients(
                    new RestoredEtcdDetector(OperatorMain::endAfterARestore)))
            .build();
    cryptography.join();
    var stopped = new CountDownLatch(1);
    try {
      var operator = OkChatOperator.start(config, kubernetes, Clock.systemUTC());
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    operator.close();
                    kubernetes.close();
                    stopped.countDown();
                  }));
      stopped.await();
    } catch (IOException e) {
      throw new StartException(
          "The management port %d cannot be opened: %s. Choose another with --management-port."
              .formatted(config.managementPort(), e.getMessage()));
    } catch (OperatorException e) {
      throw new StartException(
          "The operator could not start: %s. Check the kubeconfig, the CRDs (kubectl apply --server-side -f crds/) and the rights of the account."
              .formatted(rootMessage(e)));
    }
  }
}
