package ai.okchat.operator.chatbot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.fetch.AddressPolicy;
import ai.okchat.operator.fetch.ImageFetcher;
import ai.okchat.operator.status.Failure;
import ai.okchat.planning.ResolvedInputs;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ConfigMap key behind {@code promptFrom}. */
class ChatbotReferencesTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "\n  \n", "\uFEFF "})
  void keepsPromptWhenConfigMapKeyIsEmpty(String text) throws IOException {
    // When
    var resolved = resolve(prompts().addToData("support", text).build());

    // Then
    assertThat(resolved)
        .isEqualTo(
            missing(
                "spec.promptFrom names the key support of the ConfigMap prompts, which is empty."
                    + " The bot keeps its prompt until you write one to the key."));
  }

  @Test
  void keepsPromptWhenConfigMapKeyIsNoUtf8() throws IOException {
    // Given
    var korean = "친절하게 답하세요.".getBytes(Charset.forName("x-windows-949"));

    // When
    var resolved = resolve(prompts().addToBinaryData("support", base64(korean)).build());

    // Then
    assertThat(resolved)
        .isEqualTo(
            missing(
                "spec.promptFrom names the key support of the ConfigMap prompts, which is not text"
                    + " in UTF-8. The bot keeps its prompt until you write one to the key."));
  }

  @Test
  void readsPromptWithoutByteOrderMark() throws IOException {
    // Given
    var marked = "\uFEFF친절하게 답하세요.\n".getBytes(UTF_8);

    // When
    var resolved = resolve(prompts().addToBinaryData("support", base64(marked)).build());

    // Then
    assertThat(resolved)
        .isEqualTo(
            new ChatbotReferences.Resolved.Values(
                new ResolvedInputs("친절하게 답하세요.\n", Optional.empty())));
  }

  private static ChatbotReferences.Resolved resolve(ConfigMap configMap) throws IOException {
    try (var api = new MockWebServer()) {
      api.start();
      api.enqueue(
          new MockResponse.Builder()
              .addHeader("Content-Type", "application/json")
              .body(Serialization.asJson(configMap))
              .build());
      var config = new ConfigBuilder().withMasterUrl(api.url("/").toString()).build();
      try (var kubernetes = new KubernetesClientBuilder().withConfig(config).build()) {
        var fetcher = new ImageFetcher(new OkHttpClient(), new AddressPolicy(List.of()));
        return new ChatbotReferences(kubernetes, fetcher)
            .resolve(
                Manifest.chatbot("promptFrom: {configMapKeyRef: {name: prompts, key: support}}"));
      }
    }
  }

  private static ChatbotReferences.Resolved missing(String message) {
    return new ChatbotReferences.Resolved.Missing(Failure.referenceNotFound(message));
  }

  private static ConfigMapBuilder prompts() {
    return new ConfigMapBuilder().withNewMetadata().withName("prompts").endMetadata();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
