package ai.okchat.operator.knowledge.source;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.ConfigMapSource;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;

/** Keys of the ConfigMaps that an API server lists. */
class ConfigMapFilesTest {

  @Test
  void selectsNoLedgersAndNoRootCertificates() throws IOException {
    // Given
    var selector =
        new LabelSelectorBuilder()
            .addNewMatchExpression()
            .withKey("team")
            .withOperator("DoesNotExist")
            .endMatchExpression()
            .build();
    try (var api = new MockWebServer()) {
      api.start();
      api.enqueue(
          new MockResponse.Builder()
              .addHeader("Content-Type", "application/json")
              .body(
                  """
                  {"kind": "ConfigMapList", "apiVersion": "v1", "metadata": {}, "items": [
                    {"metadata": {"name": "docs"}, "data": {"a.md": "A"}},
                    {"metadata": {"name": "kube-root-ca.crt"}, "data": {"ca.crt": "C"}},
                    {"metadata": {"name": "okchat-ledger-1"}, "data": {"chatbot": "B"},
                     "binaryData": {"uploads": "AAAA"}}]}
                  """)
              .build());
      var config = new ConfigBuilder().withMasterUrl(api.url("/").toString()).build();
      try (var kubernetes = new KubernetesClientBuilder().withConfig(config).build()) {

        // When
        var read =
            new ConfigMapFiles(
                    kubernetes,
                    "default",
                    new ConfigMapSource(null, selector, List.of()),
                    Contents.LIMITS)
                .read(Optional.empty());

        // Then
        assertThat(Contents.texts(read)).isEqualTo(Map.of("docs/a.md", "A"));
        assertThat(Contents.reasons(read)).isEqualTo(Map.of());
      }
    }
  }
}
