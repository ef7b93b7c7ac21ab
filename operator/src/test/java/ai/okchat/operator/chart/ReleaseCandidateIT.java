package ai.okchat.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.localcluster.LocalCluster;
import ai.okchat.localcluster.LocalClusterOptions;
import ai.okchat.localcluster.OperatorVerifyLookup;
import ai.okchat.localcluster.Progress;
import ai.okchat.operator.testing.ProgramRun;
import ai.okchat.planning.Digest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The files that {@code operator/build-release.sh} makes of this build, in a registry of one's own.
 * Without the plugin, whose runtime takes a minute to build.
 */
final class ReleaseCandidateIT {

  private static final String RELEASE = "okchat-operator";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  private static LoopbackRegistry registry;
  private static String version = "";
  private static String output = "";

  @BeforeAll
  static void buildAndPush() throws Exception {
    registry = LoopbackRegistry.start();
    version =
        Serialization.unmarshal(
                Files.readString(Path.of("../helm/okchat-operator/Chart.yaml")), JsonNode.class)
            .path("version")
            .asText();
    output =
        buildRelease(
            folder.resolve("first"), "--registry", registry.name(), "--push", "--plain-http");
  }

  @AfterAll
  static void closeRegistry() {
    registry.close();
  }

  @Test
  void installsFromTheRegistryWithOneCommand() {
    // Given
    try (var cluster = LocalCluster.start(LocalClusterOptions.defaults());
        var kubernetes =
            new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(cluster.kubeconfigYaml()))
                .build()) {

      // When
      HelmProgram.on(cluster, "okchat-system")
          .run(
              "install",
              RELEASE,
              "oci://%s/charts/okchat-operator".formatted(registry.name()),
              "--version",
              version,
              "--plain-http",
              "--create-namespace");

      // Then
      var deployment =
          kubernetes.apps().deployments().inNamespace("okchat-system").withName(RELEASE).require();
      assertThat(deployment.getSpec().getTemplate().getSpec().getContainers().getFirst().getImage())
          .isEqualTo("%s/okchat-operator:%s".formatted(registry.name(), version));
      assertThat(kubernetes.resources(CustomResourceDefinition.class).list().getItems())
          .extracting(crd -> crd.getMetadata().getName())
          .containsExactlyInAnyOrder(
              "chatbotbackends.okchat.ai",
              "chatbots.okchat.ai",
              "clusterchatbotbackends.okchat.ai",
              "knowledgesources.okchat.ai");
    }
  }

  @Test
  void registryHasTheDigestsOfTheBuild() throws Exception {
    // Given
    var tag = ":" + version;

    // When
    var images =
        Stream.of(RELEASE, "okchat-sandbox", "kubectl-okchat")
            .map(
                name ->
                    "%s/%s%s@%s".formatted(registry.name(), name, tag, registry.digest(name + tag)))
            .toList();
    var chart = JSON.readTree(registry.manifest("charts/okchat-operator" + tag));

    // Then
    assertThat(output.lines().filter(line -> line.startsWith(registry.name())))
        .containsExactlyElementsOf(images);
    assertThat(chart.at("/layers/0/digest").asText())
        .isEqualTo(
            Digest.of(Files.readAllBytes(first("okchat-operator-%s.tgz".formatted(version)))));
    assertThat(registry.catalog())
        .containsExactly("charts/okchat-operator", "kubectl-okchat", RELEASE, "okchat-sandbox");
  }

  @Test
  void imageInTheRegistryHasTheSbomOfTheRelease() throws Exception {
    // Given
    var tar = folder.resolve("image.tar");

    // When
    registry.export("okchat-operator:" + version, tar);

    // Then
    try (var files = new TarFile(tar)) {
      var sbom =
          files.getEntries().stream()
              .filter(entry -> entry.getName().equals("app/sbom/okchat-operator.cdx.json"))
              .findFirst()
              .orElseThrow();
      assertThat(content(files, sbom))
          .isEqualTo(Files.readAllBytes(first("okchat-operator.cdx.json")));
    }
  }

  @Test
  void anotherBuildHasTheSameFiles() throws Exception {
    // Given
    var first = Files.readString(first("SHA256SUMS"));

    // When
    buildRelease(folder.resolve("second"), "--registry", registry.name());

    // Then
    assertThat(Files.readString(folder.resolve("second/SHA256SUMS"))).isEqualTo(first);
    assertThat(first.lines().map(line -> line.substring(66)))
        .containsExactlyInAnyOrder(
            "chatbotbackends.okchat.ai.yaml",
            "chatbots.okchat.ai.yaml",
            "clusterchatbotbackends.okchat.ai.yaml",
            "knowledgesources.okchat.ai.yaml",
            "kubectl-okchat-%s.image.tar".formatted(version),
            "okchat-operator-%s.image.tar".formatted(version),
            "okchat-operator-%s.tgz".formatted(version),
            "okchat-operator-olm-%s.tar.gz".formatted(version),
            "okchat-operator.cdx.json",
            "okchat-operator.yaml",
            "okchat-sandbox-%s.image.tar".formatted(version));
  }

  @Test
  void manifestNamesTheImageOfTheRegistry() throws IOException {
    // When
    var manifest = Files.readString(first("okchat-operator.yaml"));

    // Then
    assertThat(manifest)
        .startsWith("apiVersion: v1\nkind: Namespace\n")
        .contains("image: \"%s/okchat-operator:%s\"".formatted(registry.name(), version))
        .doesNotContain("ghcr.io/okchat/");
  }

  @Test
  void validatorsOfTheOperatorLifecycleManagerAcceptTheBundle() throws Exception {
    // Given
    run("tar", "-xzf", first("okchat-operator-olm-%s.tar.gz".formatted(version)).toString());
    var validator = OperatorVerifyLookup.find(Progress.onTerminal()).toString();

    // When
    var findings = run(validator, "manifests", "--object_validate", "olm/manifests");

    // Then
    assertThat(findings).isEmpty();
  }

  private static Path first(String file) {
    return folder.resolve("first").resolve(file);
  }

  /** Returns the output of the script, which uses the jars and images of this build. */
  private static String buildRelease(Path into, String... options) throws Exception {
    var command =
        new ArrayList<>(
            List.of("../operator/build-release.sh", "--base", "test", "--without-plugin"));
    command.addAll(List.of("--output", into.toString()));
    command.addAll(List.of(options));
    return run(new ProcessBuilder(command));
  }

  /** Returns the output of a program that runs in the temporary folder. */
  private static String run(String... command) throws Exception {
    return run(new ProcessBuilder(command).directory(folder.toFile()));
  }

  private static String run(ProcessBuilder builder) throws Exception {
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("SKIP_MAVEN", "1");
    return ProgramRun.of(builder).outputOfSuccess();
  }

  private static byte[] content(TarFile files, TarArchiveEntry entry) throws IOException {
    try (var in = files.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }
}
