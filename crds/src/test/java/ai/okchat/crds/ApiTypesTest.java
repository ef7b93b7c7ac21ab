package ai.okchat.crds;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Adoption;
import ai.okchat.api.v1alpha1.BackendRef;
import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.api.v1alpha1.GoDuration;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiTypesTest {
  private static final Path EXAMPLE_WITH_EVERY_FIELD = Path.of("../examples/chatbot-full.yaml");

  /** Fields that exclude each other: an object has one of the two. */
  private static final List<String> ALTERNATIVES =
      List.of(
          "avatar.url",
          "promptFrom",
          "promptFrom.configMapKeyRef",
          "promptFrom.configMapKeyRef.key",
          "promptFrom.configMapKeyRef.name");

  @Test
  void roundTripsManifestWithEveryField() throws IOException {
    // Given
    var manifest = Serialization.unmarshal(exampleWithEveryField(), JsonNode.class);

    // When
    var chatbot = Serialization.unmarshal(exampleWithEveryField(), Chatbot.class);

    // Then
    assertThat(Serialization.unmarshal(Serialization.asYaml(chatbot), JsonNode.class).get("spec"))
        .isEqualTo(manifest.get("spec"));
  }

  @Test
  void exampleHasEveryField() throws IOException {
    // Given
    var example = Serialization.unmarshal(exampleWithEveryField(), JsonNode.class);
    var root =
        CrdGeneration.crdOf(Chatbot.class)
            .getSpec()
            .getVersions()
            .getFirst()
            .getSchema()
            .getOpenAPIV3Schema();

    // When
    var missing =
        Optional.ofNullable(root.getProperties().get("spec")).stream()
            .flatMap(spec -> FieldRow.below("", spec))
            .map(FieldRow::path)
            .filter(path -> example.at("/spec/" + path.replace('.', '/')).isMissingNode());

    // Then
    assertThat(missing).containsExactlyElementsOf(ALTERNATIVES);
  }

  @Test
  void readsOmittedFieldAsNull() {
    // When
    var spec = chatbot("{name: Support, prompt: Help., driftPolicy: Enforce}").getSpec();

    // Then
    assertThat(Stream.of(spec.slug(), spec.publiclyReachable(), spec.snippet(), spec.backendRef()))
        .containsOnlyNulls();
    assertThat(spec.ignoreFields()).isEmpty();
  }

  @Test
  void ignoresFieldOfALaterVersion() {
    // When
    var spec = chatbot("{name: Support, prompt: Help., adoption: BySlug, later: true}").getSpec();

    // Then
    assertThat(spec.adoption()).isEqualTo(Adoption.BY_SLUG);
  }

  @Test
  void namesBackendByItsKind() {
    // When
    var spec = chatbot("{backendRef: {kind: ChatbotBackend, name: default}}").getSpec();

    // Then
    assertThat(spec.backendRef()).isEqualTo(BackendRef.DEFAULT);
  }

  @Test
  void omitsPromptInToStringOfSpec() {
    // When
    var text = chatbot("{name: Support, slug: support, prompt: very secret}").toString();

    // Then
    assertThat(text).contains("ChatbotSpec[name=Support, slug=support]").doesNotContain("secret");
  }

  @Test
  void writesEmptyStatusAsEmptyObject() {
    // When
    var json = Serialization.asJson(ChatbotStatus.empty());

    // Then
    assertThat(json).isEqualTo("{}");
  }

  @ParameterizedTest
  @CsvSource({"1s, PT1S", "5m, PT5M", "24h, PT24H", "1h30m, PT1H30M", "1h0m5s, PT1H5S"})
  void readsDurationAsWritten(String text, Duration expected) {
    // When
    var backend =
        Serialization.unmarshal(
            "{\"spec\": {\"pollInterval\": \"" + text + "\"}}", ChatbotBackend.class);

    // Then
    assertThat(backend.getSpec().pollInterval()).isEqualTo(new GoDuration(text));
    assertThat(backend.getSpec().pollInterval().toDuration()).isEqualTo(expected);
    assertThat(Serialization.asJson(backend.getSpec().pollInterval())).isEqualTo('"' + text + '"');
  }

  private static Chatbot chatbot(String spec) {
    return Serialization.unmarshal("apiVersion: okchat.ai/v1alpha1\nspec: " + spec, Chatbot.class);
  }

  /** The second document: the first is the ConfigMap of the avatar. */
  private static String exampleWithEveryField() throws IOException {
    var documents = Files.readString(EXAMPLE_WITH_EVERY_FIELD);
    return documents.substring(documents.indexOf("\n---\n") + 1);
  }
}
