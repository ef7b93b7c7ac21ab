package ai.okchat.operator.knowledge.source;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.ConfigMapSource;
import ai.okchat.planning.document.ContentSniffer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.DisplayName;
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

  @Test
  void readsPagesOfBinaryDataInTheEncodingThatTheyDeclare() throws IOException {
    // Given
    var configMap =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName("pages")
            .endMetadata()
            .addToData("utf-8.html", Encoded.PAGE.formatted("euc-kr"))
            .addToBinaryData("euc-kr.html", base64(Encoded.page("euc-kr", Encoded.CP949)))
            .addToBinaryData("prices.csv", base64(Encoded.PRICES.getBytes(Encoded.CP949)))
            .addToBinaryData("manual.pdf", base64(Encoded.utf8(Encoded.POINTER)))
            .build();

    // When
    var read = read(configMap);

    // Then
    assertThat(Contents.texts(read))
        .isEqualTo(
            Map.of(
                "utf-8.html", Encoded.PAGE_AS_TEXT,
                "euc-kr.html", Encoded.PAGE_AS_TEXT,
                "prices.csv", Encoded.PRICES));
    assertThat(Contents.reasons(read)).isEqualTo(Map.of("manual.pdf", ContentSniffer.KEPT_IN_LFS));
  }

  @Test
  @DisplayName("configmap_key_without_ending: the key is named, and the others continue")
  void namesKeyWithoutEnding() throws IOException {
    // Given
    var configMap =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName("pages")
            .endMetadata()
            .addToData("handbook", "Text.")
            .addToData("hours.md", "Nine.")
            .build();

    // When
    var read = read(configMap);

    // Then
    assertThat(Contents.texts(read)).isEqualTo(Map.of("hours.md", "Nine."));
    assertThat(Contents.reasons(read))
        .isEqualTo(
            Map.of(
                "handbook",
                "The type of the file is not supported. Supported types: .pdf, .md, .mdx, .docx,"
                    + " .doc, .csv, .json, .txt and .html."));
  }

  private static Source.Reading read(ConfigMap configMap) throws IOException {
    try (var api = new MockWebServer()) {
      api.start();
      api.enqueue(
          new MockResponse.Builder()
              .addHeader("Content-Type", "application/json")
              .body(Serialization.asJson(configMap))
              .build());
      var config = new ConfigBuilder().withMasterUrl(api.url("/").toString()).build();
      try (var kubernetes = new KubernetesClientBuilder().withConfig(config).build()) {
        var spec = new ConfigMapSource("pages", null, List.of());
        return new ConfigMapFiles(kubernetes, "default", spec, Contents.LIMITS)
            .read(Optional.empty());
      }
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
