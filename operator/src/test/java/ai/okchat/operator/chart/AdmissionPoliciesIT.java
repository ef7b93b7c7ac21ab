package ai.okchat.operator.chart;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.okchat.operator.testing.Chart;
import ai.okchat.operator.testing.OperatorFixture;
import ai.okchat.operator.testing.SharedCluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart's admission policies on a real API server, in a namespace that they are bound to. */
class AdmissionPoliciesIT {

  private static final String NAMESPACE = "chart-policies";
  private static final KubernetesClient KUBERNETES = SharedCluster.client("policies");
  private static final List<GenericKubernetesResource> POLICIES =
      Chart.OURS
          .render(
              "okchat-operator",
              NAMESPACE,
              """
              admissionPolicies:
                protectedObjects: {enabled: true}
                allowedModels: {enabled: true, models: [gpt-4o-mini, gpt-4o]}
                promptSecrets: {enabled: true}
                namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %s}}
              """
                  .formatted(NAMESPACE))
          .objects()
          .stream()
          .filter(object -> object.getKind().startsWith("ValidatingAdmissionPolicy"))
          .toList();

  @BeforeAll
  static void bind() {
    KUBERNETES
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build())
        .serverSideApply();
    POLICIES.forEach(policy -> KUBERNETES.resource(policy).forceConflicts().serverSideApply());
    awaitRefused("gpt-0", "You help.");
    awaitRefused("gpt-4o", "-----BEGIN PRIVATE KEY-----");
    create("guarded", "gpt-4o", "You help.", true);
    Awaitility.await("protection")
        .atMost(OperatorFixture.PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> tryToDelete("guarded")).hasMessageContaining("protected"));
  }

  @AfterAll
  static void unbind() {
    POLICIES.forEach(policy -> KUBERNETES.resource(policy).delete());
    KUBERNETES.namespaces().withName(NAMESPACE).delete();
    KUBERNETES.close();
  }

  @Test
  void deniesDeletionOfProtectedObject() {
    // Given
    create("precious", "gpt-4o", "You help.", true);

    // When
    var attempt = assertThatThrownBy(() -> tryToDelete("precious"));

    // Then
    attempt.hasMessageContaining(
        "Chatbot precious is protected. To delete it, first remove the label"
            + " okchat.ai/protected.");
    create("precious", "gpt-4o", "You help.", false);
    Awaitility.await("the way out")
        .atMost(OperatorFixture.PATIENCE)
        .untilAsserted(
            () -> assertThatCode(() -> tryToDelete("precious")).doesNotThrowAnyException());
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt-4o", "gpt-4o-mini", ""})
  void acceptsAllowedModelAndNoModel(String model) {
    // Then
    assertThatCode(() -> create("models", model, "You help.", false)).doesNotThrowAnyException();
  }

  @Test
  void deniesOtherModelAndNamesAllowedOnes() {
    // When
    var attempt = assertThatThrownBy(() -> create("models", "gpt-9", "You help.", false));

    // Then
    attempt.hasMessageContaining(
        "spec.model is 'gpt-9', which is not allowed here. Use one of: gpt-4o-mini, gpt-4o; or"
            + " omit it.");
  }

  @ParameterizedTest
  @CsvSource({
    "Use sk-abcdefghij0123456789XYZ for it.,appears to contain an API key (sk-...)",
    "key=AKIAIOSFODNN7EXAMPLE,appears to contain an AWS access key",
    "-----BEGIN RSA PRIVATE KEY-----,appears to contain a private key",
    "-----BEGIN PRIVATE KEY-----,appears to contain a private key",
  })
  void deniesPromptWithASecretAndNamesAFix(String prompt, String words) {
    // When
    var attempt = assertThatThrownBy(() -> create("prompts", "gpt-4o", prompt, false));

    // Then
    attempt.hasMessageContaining(words).hasMessageContaining("Remove it, and re");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ask about risk-assessments-and-other-long-words-of-the-trade.",
        "Never ask for a private key or an API key (sk-...).",
        "Our parts are named AKIA12.",
      })
  void acceptsPromptThatOnlyMentionsSecrets(String prompt) {
    // Then
    assertThatCode(() -> create("prompts", "gpt-4o", prompt, false)).doesNotThrowAnyException();
  }

  /** A policy works a moment after it was made. */
  private static void awaitRefused(String model, String prompt) {
    Awaitility.await("policies")
        .atMost(OperatorFixture.PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> create("probe", model, prompt, false))
                    .hasMessageContaining("ValidatingAdmissionPolicy"));
  }

  private static void create(String name, String model, String prompt, boolean guarded) {
    var chatbot = chatbot(name, model, prompt, guarded);
    if (guarded || name.equals("precious")) {
      KUBERNETES.resource(chatbot).forceConflicts().serverSideApply();
    } else {
      new DryRun(KUBERNETES).apply(chatbot);
    }
  }

  private static void tryToDelete(String name) {
    KUBERNETES.resource(chatbot(name, "", "", false)).dryRun().delete();
  }

  private static HasMetadata chatbot(String name, String model, String prompt, boolean guarded) {
    return Serialization.unmarshal(
        """
        apiVersion: okchat.ai/v1alpha1
        kind: Chatbot
        metadata:
          name: %s
          namespace: %s
          labels: {%s}
        spec:
          name: Bot
          %s
          prompt: "%s"
        """
            .formatted(
                name,
                NAMESPACE,
                guarded ? "okchat.ai/protected: \"true\"" : "",
                model.isEmpty() ? "" : "model: " + model,
                prompt),
        GenericKubernetesResource.class);
  }
}
