package ai.okchat.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.localcluster.LocalCluster;
import ai.okchat.localcluster.LocalClusterOptions;
import ai.okchat.operator.OkChatOperator;
import ai.okchat.operator.kubernetes.BoundedListPages;
import ai.okchat.operator.kubernetes.KubernetesJson;
import ai.okchat.operator.kubernetes.RestoredEtcdDetector;
import ai.okchat.operator.testing.Backend;
import ai.okchat.operator.testing.DefaultBackend;
import ai.okchat.operator.testing.SharedCluster;
import ai.okchat.operator.testing.TestedOperator;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator while an administrator restores an older state of etcd. */
final class RestoredEtcdIT {

  private static final String NAMESPACE = "default";
  private static final String NAME = "support";
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path folder;
  private final AtomicInteger detections = new AtomicInteger();
  @AutoClose private final Backend backend = Backend.start();

  @Test
  @DisplayName("T78: a restore of etcd to an older state ends the process, and the next one works")
  void detectsARestoreOfEtcd() throws IOException {
    // Given: a copy of the data, and an operator that remembers newer versions.
    var cluster = start(0);
    var port = URI.create(cluster.url()).getPort();
    try (var kubernetes = client(cluster);
        var admin = client(cluster)) {
      SharedCluster.installCrds(admin);
      admin.resource(DefaultBackend.secret(NAMESPACE, Backend.API_KEY)).create();
      admin.resource(DefaultBackend.of(NAMESPACE, backend.url())).create();
      admin.resource(chatbot()).create();
      var config = TestedOperator.watching(NAMESPACE, false);
      var operator = OkChatOperator.start(config, kubernetes, Clock.systemUTC());
      try {
        awaitGreeting("first");
        cluster.close();
        copy(folder.resolve("cluster/etcd"), folder.resolve("copy"));
        cluster = start(port);
        for (var number = 1; number <= 30; number++) {
          edit(admin, "edit-" + number);
          awaitGreeting("edit-" + number);
        }
        assertThat(detections).hasValue(0);
        var newest = version(admin);
        cluster.close();

        // When
        delete(folder.resolve("cluster/etcd"));
        copy(folder.resolve("copy"), folder.resolve("cluster/etcd"));
        cluster = start(port);
        var restored = version(admin);
        edit(admin, "after the restore");
        Awaitility.await("detection of the restore")
            .atMost(PATIENCE)
            .until(() -> detections.get() > 0);
        operator.close();
        operator = OkChatOperator.start(config, kubernetes, Clock.systemUTC());

        // Then
        awaitGreeting("after the restore");
        assertThat(restored).isLessThan(newest);
        assertThat(backend.bots()).hasSize(1);
      } finally {
        operator.close();
      }
    } finally {
      cluster.close();
    }
  }

  private LocalCluster start(int port) {
    return LocalCluster.start(
        LocalClusterOptions.defaults()
            .withDataDirectory(folder.resolve("cluster"))
            .withKeep(true)
            .withPort(port));
  }

  private KubernetesClient client(LocalCluster cluster) {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(cluster.kubeconfigYaml()))
        .withKubernetesSerialization(KubernetesJson.create())
        .withHttpClientFactory(
            BoundedListPages.httpClients(new RestoredEtcdDetector(detections::incrementAndGet)))
        .build();
  }

  private static Chatbot chatbot() {
    return KubernetesJson.create()
        .unmarshal(
            """
            apiVersion: okchat.ai/v1alpha1
            kind: Chatbot
            metadata: {namespace: default, name: support}
            spec: {name: Support, prompt: Be brief., greeting: first}
            """,
            Chatbot.class);
  }

  private static void edit(KubernetesClient admin, String greeting) {
    admin
        .resources(Chatbot.class)
        .inNamespace(NAMESPACE)
        .withName(NAME)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\": {\"greeting\": \"%s\"}}".formatted(greeting));
  }

  private static long version(KubernetesClient admin) {
    var chatbot = admin.resources(Chatbot.class).inNamespace(NAMESPACE).withName(NAME).get();
    return Long.parseLong(chatbot.getMetadata().getResourceVersion());
  }

  private void awaitGreeting(String greeting) {
    Awaitility.await("greeting " + greeting)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () ->
                backend.bots().stream()
                    .anyMatch(bot -> bot.at("/settings/greeting").asText().equals(greeting)));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (var file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static void delete(Path tree) throws IOException {
    try (var files = Files.walk(tree)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
