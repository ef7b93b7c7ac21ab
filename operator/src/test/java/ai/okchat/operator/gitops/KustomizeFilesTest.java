package ai.okchat.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.testing.Chart;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The install without Helm is what the chart renders, so that rights and settings never differ. */
final class KustomizeFilesTest {

  private static final String HEAD =
      "# The output of helm/okchat-operator with its defaults. Do not edit it; generate it with:"
          + " mvn -pl operator -am test -Dtest=KustomizeFilesTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dupdate\n";

  @Test
  void installWithoutHelmEqualsTheRenderedChart() throws IOException {
    // When
    var rendered = Chart.OURS.render("okchat-operator", "okchat-system", "");

    // Then
    assertThat(rendered.objects()).isNotEmpty();
    var yaml =
        rendered.objects().stream()
            .map(KustomizeFilesTest::withoutHelm)
            .map(Serialization::asYaml)
            .collect(Collectors.joining());
    new CommittedFile(Path.of("../examples/gitops/kustomize/operator.yaml")).holds(HEAD + yaml);
  }

  private static GenericKubernetesResource withoutHelm(GenericKubernetesResource object) {
    var metadata = object.getMetadata();
    metadata.getLabels().remove("helm.sh/chart");
    metadata.getLabels().remove("app.kubernetes.io/managed-by");
    if (metadata.getAnnotations() != null) {
      metadata.getAnnotations().remove("helm.sh/resource-policy");
    }
    return object;
  }
}
