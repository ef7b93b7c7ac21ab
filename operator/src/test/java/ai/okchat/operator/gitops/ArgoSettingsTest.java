package ai.okchat.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.api.v1alpha1.ClusterChatbotBackend;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The scripts lie in Argo CD's own layout, and the settings for argocd-cm are made from them. */
final class ArgoSettingsTest {

  private static final List<Customization> ALL = Customization.all();
  private static final ArgoSettings SETTINGS = ArgoSettings.of(ALL);

  @Test
  void patchHasTheScripts() throws IOException {
    // When
    var patch = SETTINGS.asPatch();

    // Then
    new CommittedFile(Path.of("../examples/gitops/argocd/argocd-cm.yaml")).holds(patch);
  }

  @Test
  void valuesHaveTheScripts() throws IOException {
    // When
    var values = SETTINGS.asValues();

    // Then
    new CommittedFile(Path.of("../examples/gitops/argocd/argocd-values.yaml")).holds(values);
  }

  @Test
  void onlyKindsOfTheOperatorHaveHealthScripts() {
    // When
    var kinds = ALL.stream().map(Customization::kind);

    // Then
    assertThat(kinds)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(
                    Chatbot.class,
                    ChatbotBackend.class,
                    ClusterChatbotBackend.class,
                    KnowledgeSource.class)
                .map(HasMetadata::getKind)
                .toList());
  }

  @Test
  void allKindsHaveTheSameHealthScript() {
    // When
    var scripts = ALL.stream().map(Customization::healthScript).distinct();

    // Then
    assertThat(scripts).hasSize(1);
  }

  @Test
  void argoCdReadsScriptsUnchanged() {
    // Given
    var patch = Serialization.unmarshal(SETTINGS.asPatch(), ConfigMap.class);
    var chatbot = Customization.of("Chatbot");

    // When
    var health = patch.getData().get("resource.customizations.health.okchat.ai_Chatbot");
    Object actions =
        Serialization.unmarshal(
            patch.getData().get("resource.customizations.actions.okchat.ai_Chatbot"), Map.class);

    // Then
    assertThat(health).isEqualTo(chatbot.healthScript());
    assertThat(actions)
        .isEqualTo(
            Map.of(
                "discovery.lua",
                chatbot.discoveryScript(),
                "definitions",
                chatbot.actionScripts().entrySet().stream()
                    .map(action -> Map.of("name", action.getKey(), "action.lua", action.getValue()))
                    .toList()));
  }

  @Test
  void valuesHaveTheSameKeysAsThePatch() {
    // Given
    var patch = Serialization.unmarshal(SETTINGS.asPatch(), ConfigMap.class);

    // When
    Object values = Serialization.unmarshal(SETTINGS.asValues(), Map.class);

    // Then
    assertThat(values).isEqualTo(Map.of("configs", Map.of("cm", patch.getData())));
  }
}
