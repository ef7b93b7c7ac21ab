package ai.okchat.benchmark;

import ai.okchat.localcluster.LocalCluster;
import ai.okchat.localcluster.LocalClusterOptions;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs the API server, the backend and the namespaces of a benchmark. */
final class TestBed implements AutoCloseable {

  /** The namespace that the operator watches. */
  static final String WATCHED = "watched";

  /** The namespace of the start workload, with one Chatbot. */
  static final String SMALL = "small";

  /** The namespace of the first turn of the bare client, which later edits its Chatbots. */
  static final String BARE = "bare-1";

  /** The namespace in which a bare client creates the first Chatbots, which are not measured. */
  static final String WARM_UP = "bare-0";

  private final LocalCluster cluster;
  private final Backend backend;
  private final int pollSeconds;
  private final ApiServer api;

  private TestBed(LocalCluster cluster, Backend backend, int pollSeconds) {
    this.cluster = cluster;
    this.backend = backend;
    this.pollSeconds = pollSeconds;
    this.api = ApiServer.of(cluster);
  }

  /**
   * Starts the API server and the backend.
   *
   * @param project the folder of the project, built
   */
  static TestBed start(Path project, Sizes sizes) {
    var cluster = LocalCluster.start(LocalClusterOptions.defaults());
    var backend =
        Backend.start(
            List.of(
                java(),
                // Less compilation, since the sandbox shares the machine with the other programs.
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                project.resolve("examples/sandbox/target/okchat-sandbox.jar").toString()),
            cluster.dataDirectory().resolve("sandbox.log"),
            sizes.runs);
    var bed = new TestBed(cluster, backend, sizes.pollSeconds);
    bed.prepare(project.resolve("crds"));
    return bed;
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  ApiServer api() {
    return api;
  }

  Backend backend() {
    return backend;
  }

  Path kubeconfig() {
    return cluster.kubeconfig();
  }

  Path log(String name) {
    return cluster.dataDirectory().resolve(name + ".log");
  }

  @Override
  public void close() {
    backend.close();
    cluster.close();
  }

  private void prepare(Path crds) {
    try (var client = client();
        var files = Files.list(crds)) {
      var kinds = files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
      for (var file : kinds) {
        client.load(Files.newInputStream(file)).serverSideApply();
      }
      Wait.until("the kinds", () -> api.http().answers(Manifests.API + "default/chatbotbackends"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the CRDs", e);
    }
    List.of(WATCHED, SMALL, WARM_UP).forEach(name -> createNamespace(name, Backend.KEY));
  }

  /** Creates a namespace with a backend object for the operator. */
  void createNamespace(String name, String key) {
    var account = account(name, key).getBytes(StandardCharsets.UTF_8);
    try (var client = client()) {
      client
          .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
          .create();
      client.load(new ByteArrayInputStream(account)).serverSideApply();
    }
  }

  private KubernetesClient client() {
    var config = Config.fromKubeconfig(cluster.kubeconfigYaml());
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private String account(String namespace, String key) {
    return """
    apiVersion: v1
    kind: Secret
    metadata: {name: okchat, namespace: %s}
    stringData: {api-key: %s}
    ---
    apiVersion: okchat.ai/v1alpha1
    kind: ChatbotBackend
    metadata: {name: default, namespace: %s}
    spec:
      url: %s
      allowInsecure: true
      apiKeySecretRef: {name: okchat, key: api-key}
      pollInterval: %ds
      rateLimit: {requestsPerSecond: 1000, burst: 10000}
    """
        .formatted(namespace, key, namespace, backend.url(), pollSeconds);
  }
}
