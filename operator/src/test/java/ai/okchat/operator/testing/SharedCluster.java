package ai.okchat.operator.testing;

import ai.okchat.localcluster.LocalCluster;
import ai.okchat.localcluster.LocalClusterOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** One real API server for the whole test run, with the CRDs of the operator. */
public final class SharedCluster {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final class Holder {
    static final LocalCluster CLUSTER = start();
  }

  private SharedCluster() {}

  /** Started at the first call, stopped with the JVM. */
  public static LocalCluster get() {
    return Holder.CLUSTER;
  }

  /** A client of an administrator; the caller closes it. */
  public static KubernetesClient client(String userAgent) {
    var config =
        new ConfigBuilder(Config.fromKubeconfig(get().kubeconfigYaml()))
            .withUserAgent(userAgent)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private static LocalCluster start() {
    var cluster =
        LocalCluster.start(LocalClusterOptions.defaults().withAuditLog().withControllerManager());
    var config = Config.fromKubeconfig(cluster.kubeconfigYaml());
    try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
      installCrds(client);
    }
    return cluster;
  }

  /** Installs the CRDs of the operator; returns when objects can be created. */
  public static void installCrds(KubernetesClient client) {
    try (var files = Files.newDirectoryStream(Path.of("../crds"), "*.yaml")) {
      for (var file : files) {
        install(client, Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Installs the CRDs of a file of YAML documents in the shared cluster. */
  public static void installCrds(Path file) {
    try (var client = client("crds")) {
      for (var yaml : Files.readString(file).split("(?m)^---$", -1)) {
        if (!yaml.isBlank()) {
          install(client, yaml);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void install(KubernetesClient client, String yaml) {
    var crd = Serialization.unmarshal(yaml, CustomResourceDefinition.class);
    client.resource(crd).serverSideApply();
    client
        .resource(crd)
        .waitUntilCondition(SharedCluster::isEstablished, PATIENCE.toSeconds(), TimeUnit.SECONDS);
    awaitStorage(client, crd);
  }

  /**
   * Waits until a client can list the objects of a new kind: the discovery of the API server has
   * the kind some time after the CRD is established, and its storage rejects requests at first.
   */
  private static void awaitStorage(KubernetesClient client, CustomResourceDefinition crd) {
    var spec = crd.getSpec();
    var version = spec.getGroup() + "/" + spec.getVersions().getFirst().getName();
    Awaitility.await("storage of " + spec.getNames().getKind())
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .ignoreException(KubernetesClientException.class)
        .untilAsserted(
            () ->
                client
                    .genericKubernetesResources(version, spec.getNames().getKind())
                    .inAnyNamespace()
                    .list(new ListOptionsBuilder().withResourceVersion("0").build()));
  }

  private static boolean isEstablished(@Nullable CustomResourceDefinition crd) {
    return crd != null
        && crd.getStatus() != null
        && crd.getStatus().getConditions() != null
        && crd.getStatus().getConditions().stream()
            .anyMatch(
                condition ->
                    "Established".equals(condition.getType())
                        && "True".equals(condition.getStatus()));
  }
}
