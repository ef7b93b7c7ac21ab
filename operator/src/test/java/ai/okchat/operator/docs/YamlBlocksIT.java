package ai.okchat.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ai.okchat.operator.testing.SharedCluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every YAML block of the documentation is a whole object that the API server accepts. */
final class YamlBlocksIT {

  private static final PatchContext STRICT_DRY_RUN =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager("docs-test")
          .withFieldValidation("Strict")
          .withForce(true)
          .withDryRun(List.of("All"))
          .build();

  private final KubernetesClient kubernetes = SharedCluster.client("docs");

  @AfterEach
  void close() {
    kubernetes.close();
  }

  @Test
  void apiServerAcceptsEachBlock() {
    // When
    var blocks = DocsPage.all().flatMap(page -> page.yamlBlocks().stream()).toList();

    // Then
    assertThat(blocks)
        .hasSizeGreaterThan(2)
        .allSatisfy(
            block -> assertThatCode(() -> tryOut(block)).as(block).doesNotThrowAnyException());
  }

  private void tryOut(String yaml) {
    var stream = new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8));
    for (var object : kubernetes.load(stream).items()) {
      if (isServed(object.getApiVersion())) {
        var namespace = object.getMetadata().getNamespace();
        object.getMetadata().setNamespace(namespace == null ? "default" : namespace);
        kubernetes.resource(object).patch(STRICT_DRY_RUN);
      }
    }
  }

  /** Kinds of other tools are only read. */
  private boolean isServed(String apiVersion) {
    return kubernetes.getApiResources(apiVersion) != null;
  }
}
