package ai.okchat.operator.knowledge.source;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.Test;

/** Failures on the thread that reads ahead. */
class ConfigMapPagesTest {

  @Test
  void throwsFailureOfTheClientUnchanged() {
    // Given
    var nobody = "http://127.0.0.1:1";
    var config = new ConfigBuilder().withMasterUrl(nobody).withRequestRetryBackoffLimit(0).build();
    var selector = new LabelSelectorBuilder().addToMatchLabels("docs", "yes").build();
    try (var kubernetes = new KubernetesClientBuilder().withConfig(config).build();
        var pages = ConfigMapPages.open(kubernetes, "default", selector)) {

      // When, Then
      assertThatExceptionOfType(KubernetesClientException.class).isThrownBy(pages::next);
    }
  }
}
