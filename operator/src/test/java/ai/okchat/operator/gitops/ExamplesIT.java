package ai.okchat.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ai.okchat.operator.testing.SharedCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The layouts of {@code examples/gitops}: kubectl builds them, and the API server takes them. */
final class ExamplesIT {

  private static final Path ROOT = Path.of("..");
  private static final Path EXAMPLES = ROOT.resolve("examples");
  private static final Path GITOPS = EXAMPLES.resolve("gitops");
  private static final List<String> NAMESPACES =
      List.of("okchat-system", "team-support", "support-staging", "support-production");
  private static final Pattern PATH = Pattern.compile("(?m)^\\s*(?:path|chart): (\\S+/\\S+)");
  private static final PatchContext STRICT_DRY_RUN =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager("examples-test")
          .withFieldValidation("Strict")
          .withForce(true)
          .withDryRun(List.of("All"))
          .build();
  private static final KubernetesClient KUBERNETES = SharedCluster.client("examples");

  static Stream<Path> kustomizations() {
    return filesNamed("kustomization.yaml")
        .map(Path::getParent)
        .filter(folder -> !folder.endsWith("references") && !folder.endsWith("base"));
  }

  static Stream<Path> manifests() {
    return filesNamed(".yaml")
        .filter(
            file ->
                !file.endsWith("kustomization.yaml")
                    && !file.startsWith(GITOPS.resolve("argocd/resource_customizations"))
                    && !file.endsWith("argocd-values.yaml")
                    && !file.endsWith("okchat-references.yaml"));
  }

  static Stream<Path> allManifests() throws IOException {
    try (var manifests = Files.list(EXAMPLES);
        var knowledge = Files.list(EXAMPLES.resolve("knowledge"))) {
      return Stream.of(manifests, knowledge)
          .flatMap(files -> files.filter(file -> file.toString().endsWith(".yaml")))
          .sorted()
          .toList()
          .stream();
    }
  }

  @BeforeAll
  static void makeNamespaces() {
    for (var name : NAMESPACES) {
      var namespace = new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build();
      KUBERNETES.resource(namespace).forceConflicts().serverSideApply();
    }
  }

  @AfterAll
  static void close() {
    NAMESPACES.forEach(name -> KUBERNETES.namespaces().withName(name).delete());
    KUBERNETES.close();
  }

  @ParameterizedTest
  @MethodSource("kustomizations")
  void kubectlBuildsAndApiServerAcceptsIt(Path folder) {
    // When
    var built = built(folder);

    // Then
    assertThat(built)
        .isNotEmpty()
        .allSatisfy(
            object ->
                assertThatCode(() -> KUBERNETES.resource(object).patch(STRICT_DRY_RUN))
                    .as("%s %s", object.getKind(), object.getMetadata().getName())
                    .doesNotThrowAnyException());
  }

  @ParameterizedTest
  @ValueSource(strings = {"argocd", "flux"})
  void pathsNameExistingFolders(String layout) throws IOException {
    // Given
    var text = new StringBuilder();
    for (var file :
        filesNamed(".yaml").filter(path -> path.startsWith(GITOPS.resolve(layout))).toList()) {
      text.append(Files.readString(file));
    }

    // When
    var paths = PATH.matcher(text).results().map(match -> ROOT.resolve(match.group(1))).toList();

    // Then
    assertThat(paths).hasSizeGreaterThan(2).allSatisfy(path -> assertThat(path).isDirectory());
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void everyManifestIsAnObject(Path file) throws IOException {
    // When
    var objects = objects(Files.readString(file));

    // Then
    assertThat(objects)
        .isNotEmpty()
        .allSatisfy(object -> assertThat(object.getMetadata().getName()).isNotBlank());
  }

  /** kubectl reads YAML by other rules than the tests, which read it with a library of Java. */
  @ParameterizedTest
  @MethodSource("allManifests")
  void kubectlReadsTheManifest(Path file, @TempDir Path folder) throws IOException {
    // Given
    Files.copy(file, folder.resolve("manifest.yaml"));
    Files.writeString(folder.resolve("kustomization.yaml"), "resources: [manifest.yaml]");

    // When
    var read = Kubectl.run("kustomize", folder.toString());

    // Then
    assertThat(read.exitCode()).as(read.output()).isZero();
  }

  private static List<HasMetadata> built(Path folder) {
    var built = Kubectl.run("kustomize", folder.toString());
    assertThat(built.exitCode()).as(built.output()).isZero();
    return objects(built.output());
  }

  private static List<HasMetadata> objects(String yaml) {
    return KUBERNETES.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))).items();
  }

  private static Stream<Path> filesNamed(String end) {
    try (var files = Files.walk(GITOPS)) {
      return files.filter(file -> file.toString().endsWith(end)).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
