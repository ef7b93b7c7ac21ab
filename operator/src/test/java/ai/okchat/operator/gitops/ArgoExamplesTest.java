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
    assertThat(retries).hasSize(2).allMatch(JsonNode::asBoolean);
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

  private static Stream<JsonNode> applications() {
    return Stream.of("operator.yaml", "team-support.yaml")
        .map(name -> TextFile.read(GITOPS.resolve("argocd/apps").resolve(name)))
        .map(text -> Serialization.unmarshal(text, JsonNode.class));
  }
}
