package ai.okchat.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.testing.TextFile;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The example for Argo CD: no fix in Git waits for the sync of an earlier revision. */
final class ArgoExamplesTest {

  private static final Path GITOPS = Path.of("../examples/gitops");

  @Test
  void objectsOfATeamHaveNoSyncWaves() throws IOException {
    // Given
    try (var files = Files.walk(GITOPS.resolve("team-support"))) {
      var manifests = files.filter(Files::isRegularFile).toList();

      // When
      var texts = manifests.stream().map(TextFile::read);

      // Then
      assertThat(texts).hasSizeGreaterThan(5).noneMatch(text -> text.contains("sync-wave"));
    }
  }

  @Test
  void retriesUseTheNewestRevision() {
    // When
    var retries =
        applications().map(application -> application.at("/spec/syncPolicy/retry/refresh"));

    // Then
    assertThat(retries).hasSize(3).allMatch(JsonNode::asBoolean);
  }

  @Test
  void noApplicationForcesOrReplaces() {
    // When
    var options =
        applications()
            .flatMap(
                application ->
                    StreamSupport.stream(
                        application.at("/spec/syncPolicy/syncOptions").spliterator(), false))
            .map(JsonNode::asText);

    // Then
    assertThat(options).isNotEmpty().noneMatch(option -> option.matches("(Force|Replace)=.*"));
  }

  @Test
  void documentedCommandKeepsOtherSettingsOfArgoCd() {
    // When
    var page = TextFile.read(Path.of("docs/gitops.md"));

    // Then
    assertThat(page)
        .contains(
            "kubectl patch configmap argocd-cm -n argocd --type merge --patch-file"
                + " examples/gitops/argocd/argocd-cm.yaml")
        .doesNotContain("--field-manager okchat -n argocd");
  }

  @Test
  void applicationSetNamesOneOverlayForEachEnvironment() {
    // Given
    var folder = GITOPS.resolve("promotion");

    // When
    var environments =
        StreamSupport.stream(
                read(folder.resolve("applicationset.yaml"))
                    .at("/spec/generators/0/list/elements")
                    .spliterator(),
                false)
            .map(element -> element.path("environment").asText())
            .toList();

    // Then
    assertThat(environments)
        .containsExactly("staging", "production")
        .allSatisfy(
            environment ->
                assertThat(
                        read(folder.resolve(environment).resolve("kustomization.yaml"))
                            .path("namespace")
                            .asText())
                    .isEqualTo("support-" + environment));
  }

  private static Stream<JsonNode> applications() {
    return Stream.concat(
        Stream.of("operator.yaml", "team-support.yaml")
            .map(name -> read(GITOPS.resolve("argocd/apps").resolve(name))),
        Stream.of(read(GITOPS.resolve("promotion/applicationset.yaml")).at("/spec/template")));
  }

  private static JsonNode read(Path file) {
    return Serialization.unmarshal(TextFile.read(file), JsonNode.class);
  }
}
