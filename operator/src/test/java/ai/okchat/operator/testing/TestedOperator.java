package ai.okchat.operator.testing;

import ai.okchat.operator.OkChatOperator;
import ai.okchat.operator.config.OperatorConfig;
import ai.okchat.operator.config.OperatorConfig.LogFormat;
import ai.okchat.operator.config.OperatorConfig.LogLevel;
import ai.okchat.operator.fetch.Cidr;
import ai.okchat.operator.kubernetes.BoundedListPages;
import ai.okchat.operator.kubernetes.KubernetesJson;
import ai.okchat.operator.scheduling.MonotonicTime;
import ai.okchat.operator.shard.Shard;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;

/**
 * An operator in this JVM that knows what a new process would know: only what is stored. It acts as
 * the {@link OperatorAccount} of the chart.
 */
public final class TestedOperator implements AutoCloseable {

  /** Lets every call through. */
  public static final Interceptor NO_FAULT = chain -> chain.proceed(chain.request());

  private final KubernetesClient kubernetes;
  private final OkChatOperator operator;

  private TestedOperator(KubernetesClient kubernetes, OkChatOperator operator) {
    this.kubernetes = kubernetes;
    this.operator = operator;
  }

  /**
   * Returns when it works.
   *
   * @param userAgent its name in the API server's audit log
   * @param everyCall sees each call to the API server and to backends
   */
  public static TestedOperator start(
      OperatorConfig config, String userAgent, Clock clock, Interceptor everyCall) {
    var kubernetes = client(account(config), userAgent, everyCall);
    var http = new OkHttpClient.Builder().addInterceptor(everyCall).build();
    try {
      var time = clock instanceof MonotonicTime elapsed ? elapsed : MonotonicTime.SYSTEM;
      return new TestedOperator(
          kubernetes, OkChatOperator.start(config, kubernetes, http, clock, time));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Watches one namespace, and may follow links to this machine. */
  public static OperatorConfig watching(String namespace, boolean leaderElection) {
    return watching(namespace, leaderElection, 0);
  }

  /** As {@link #watching(String, boolean)}, on a port that is known before. */
  public static OperatorConfig watching(String namespace, boolean leaderElection, int port) {
    return serving(Set.of(namespace), namespace, leaderElection, port, 0);
  }

  /** Serves the whole cluster, from this namespace. */
  public static OperatorConfig everywhere(String home) {
    return serving(Set.of(), home, false);
  }

  /** Watches one namespace, and counts its conversations this often. */
  public static OperatorConfig countingConversations(String namespace, int seconds) {
    return serving(Set.of(namespace), namespace, false, 0, seconds);
  }

  /**
   * Serves these namespaces, or all where there are none.
   *
   * @param home the operator's own namespace
   */
  public static OperatorConfig serving(
      Set<String> namespaces, String home, boolean leaderElection) {
    return serving(namespaces, home, leaderElection, 0, 0);
  }

  /** Serves the objects of a shard in one namespace. */
  public static OperatorConfig ofShard(Shard shard, String namespace) {
    return serving(Set.of(namespace), namespace, false, 0, 0, shard);
  }

  private static OperatorConfig serving(
      Set<String> namespaces,
      String home,
      boolean leaderElection,
      int port,
      int conversationSeconds) {
    return serving(namespaces, home, leaderElection, port, conversationSeconds, Shard.UNNAMED);
  }

  private static OperatorConfig serving(
      Set<String> namespaces,
      String home,
      boolean leaderElection,
      int port,
      int conversationSeconds,
      Shard shard) {
    return new OperatorConfig(
        namespaces,
        port,
        10,
        LogFormat.TEXT,
        LogLevel.INFO,
        leaderElection,
        home,
        Set.of(),
        Set.of(),
        List.of(Cidr.parse("127.0.0.0/8")),
        Optional.empty(),
        Optional.empty(),
        shard,
        OperatorConfig.Content.DEFAULT,
        conversationSeconds);
  }

  public OkChatOperator running() {
    return operator;
  }

  @Override
  public void close() {
    operator.close();
    kubernetes.close();
  }

  private static OperatorAccount account(OperatorConfig config) {
    try (var admin = SharedCluster.client("test")) {
      return OperatorAccount.granted(admin, config);
    }
  }

  private static KubernetesClient client(
      OperatorAccount account, String userAgent, Interceptor everyCall) {
    var administrator = Config.fromKubeconfig(SharedCluster.get().kubeconfigYaml());
    var config =
        new ConfigBuilder(account.impersonatedBy(administrator)).withUserAgent(userAgent).build();
    if (!everyCall.equals(NO_FAULT)) {
      config.setRequestRetryBackoffLimit(0); // An injected fault must not recover unobserved.
    }
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withKubernetesSerialization(KubernetesJson.create())
        .withHttpClientFactory(BoundedListPages.httpClients(everyCall))
        .build();
  }
}
