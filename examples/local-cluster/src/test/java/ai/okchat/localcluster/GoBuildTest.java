package ai.okchat.localcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arguments and environment of the Go command, recorded by a `go` that does nothing else. */
class GoBuildTest {

  @TempDir private Path directory;

  @Test
  void buildsEachProgramWithItsPinnedModuleFiles() throws Exception {
    // Given
    var build =
        build("ls > \"$OUT.files\"; echo \"$CGO_ENABLED $@\" > \"$OUT\"", new ArrayList<>());

    // When
    var version = build.fill(directory, EnumSet.of(Program.ETCD, Program.KUBECTL));

    // Then
    assertThat(version).isEqualTo("1.35.4");
    assertThat(directory.resolve("kubectl.files"))
        .hasContent("build.log\ngo.mod\ngo.sum\ntools.go");
    assertThat(directory.resolve("kubectl"))
        .hasContent(
            "0 build -mod=readonly -trimpath -ldflags -s -w"
                + " -X k8s.io/component-base/version.gitVersion=v1.35.4"
                + " -X k8s.io/component-base/version.gitMajor=1"
                + " -X k8s.io/component-base/version.gitMinor=35"
                + " -o %s k8s.io/kubernetes/cmd/kubectl".formatted(directory.resolve("kubectl")));
    assertThat(directory.resolve("etcd"))
        .hasContent(
            "0 build -mod=readonly -trimpath -ldflags -s -w -o %s go.etcd.io/etcd/server/v3"
                .formatted(directory.resolve("etcd")));
  }

  @Test
  void buildsHelmWithItsVersionAndTheClusterVersion() throws Exception {
    // Given
    var build = build("echo \"$@\" > \"$OUT\"", new ArrayList<>());

    // When
    build.fill(directory, EnumSet.of(Program.HELM));

    // Then
    assertThat(directory.resolve("helm"))
        .hasContent(
            "build -mod=readonly -trimpath -ldflags -s -w"
                + " -X helm.sh/helm/v3/internal/version.version=v3.22.0"
                + " -X helm.sh/helm/v3/pkg/chartutil.k8sVersionMajor=1"
                + " -X helm.sh/helm/v3/pkg/chartutil.k8sVersionMinor=35"
                + " -o %s helm.sh/helm/v3/cmd/helm".formatted(directory.resolve("helm")));
  }

  @Test
  void buildsPromtoolWithoutServiceDiscovery() throws Exception {
    // Given
    var build = build("echo \"$@\" > \"$OUT\"", new ArrayList<>());

    // When
    build.fill(directory, EnumSet.of(Program.PROMTOOL));

    // Then
    assertThat(directory.resolve("promtool"))
        .hasContent(
            "build -mod=readonly -trimpath -tags remove_all_sd -ldflags -s -w"
                + " -o %s github.com/prometheus/prometheus/cmd/promtool"
                    .formatted(directory.resolve("promtool")));
  }

  @Test
  void putsTheCrdsOfAControllerBesideIt() throws Exception {
    // Given
    var crds = Files.createDirectories(directory.resolve("source/config/crd/bases"));
    Files.writeString(crds.resolve("b.yaml"), "kind: CustomResourceDefinition # b");
    Files.writeString(crds.resolve("a.yaml"), "kind: CustomResourceDefinition # a");
    Files.writeString(crds.resolve("kustomization.yaml"), "resources: [a.yaml, b.yaml]");
    var listed = "echo go: downloading; echo " + directory.resolve("source");
    var build =
        build("[ $1 = list ] && { %s; exit; }; : > \"$OUT\"".formatted(listed), new ArrayList<>());
    var staging = Files.createDirectories(directory.resolve("staging"));

    // When
    build.fill(staging, EnumSet.of(Program.SOURCE_CONTROLLER));

    // Then
    try (var files = Files.list(staging)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("source-controller", "source-controller-crds.yaml");
    }
    assertThat(staging.resolve("source-controller-crds.yaml"))
        .hasContent(
            """
            ---
            kind: CustomResourceDefinition # a
            ---
            kind: CustomResourceDefinition # b
            """);
  }

  @Test
  void reportsNumberOfEachStep() throws Exception {
    // Given
    var lines = new ArrayList<String>();
    var build = build("exit 0", lines);

    // When
    build.fill(directory, EnumSet.of(Program.ETCD, Program.KUBE_APISERVER));

    // Then
    assertThat(lines.stream().map(line -> line.replaceAll("in \\d+ s$", "in n s")))
        .containsExactly(
            "step 1 of 2: building etcd with Go"
                + " (needed once on this machine; all together take about ten minutes)",
            "step 1 of 2: building etcd with Go ... done in n s",
            "step 2 of 2: building kube-apiserver with Go"
                + " (needed once on this machine; all together take about ten minutes)",
            "step 2 of 2: building kube-apiserver with Go ... done in n s");
  }

  @Test
  void showsOutputOfGoWhenABuildFails() throws Exception {
    // Given
    var build = build("echo 'dial tcp: no route'; exit 1", new ArrayList<>());

    // When
    var attempt = assertThatThrownBy(() -> build.fill(directory, EnumSet.of(Program.ETCD)));

    // Then
    attempt
        .isInstanceOf(BinarySource.Unavailable.class)
        .hasMessageContaining("go.etcd.io/etcd/server/v3` failed:\ndial tcp: no route");
  }

  @Test
  void namesGoWhenItIsMissing() {
    // Given
    var build = new GoBuild(Map.of("PATH", directory.toString()), Progress.silent());

    // When
    var attempt = assertThatThrownBy(() -> build.fill(directory, Program.BASIC));

    // Then
    attempt.isInstanceOf(BinarySource.Unavailable.class).hasMessage("there is no `go` on the PATH");
  }

  private GoBuild build(String script, List<String> lines) throws IOException {
    var bin = Files.createDirectories(directory.resolve("bin"));
    var go = bin.resolve("go");
    var findOutput =
        """
        #!/bin/sh
        previous=
        for argument in "$@"; do
          [ "$previous" = -o ] && OUT=$argument
          previous=$argument
        done
        """;
    Files.writeString(go, findOutput + script + "\n");
    assertThat(go.toFile().setExecutable(true)).isTrue();
    return new GoBuild(Map.of("PATH", "/nowhere:" + bin), lines::add);
  }
}
