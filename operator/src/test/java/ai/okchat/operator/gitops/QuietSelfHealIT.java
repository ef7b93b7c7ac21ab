package ai.okchat.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.Backend;
import ai.okchat.operator.testing.OperatorFixture;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Argo CD's self-heal after the operator worked: objects applied again from Git, by their own field
 * manager and without force, cause no conflict and no change.
 */
final class QuietSelfHealIT {

  private static final String GIT = "argocd-controller";
  private static final PatchContext DRY_RUN =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager(GIT)
          .withForce(false)
          .withDryRun(List.of("All"))
          .build();
  private static final ObjectMapper JSON = new ObjectMapper();

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  private final AppliedObject bot = new AppliedObject(world, "Chatbot", "support");
  private final AppliedObject docs = new AppliedObject(world, "KnowledgeSource", "docs");

  @Test
  @DisplayName(
      "T33: after create, drift, buttons and edit, applying from Git again changes nothing")
  void applyingAgainChangesNothing() {
    // Given
    applyFromGit(manifests("You help."));
    docs.awaitReason(Reason.Ready);
    var id = bot.stored().at("/status/id").asText();
    world.backend().changeInDashboard(id, Map.of("name", "Renamed"));
    Awaitility.await()
        .atMost(OperatorFixture.PATIENCE)
        .until(() -> world.backend().bot(id).path("name").asText().equals("Support"));
    bot.act("refresh");
    docs.act("refresh");
    docs.awaitField("/status/lastHandledRefreshAt");
    applyFromGit(manifests("You help kindly."));
    bot.awaitReason(Reason.Ready);

    // When
    var again = manifests("You help kindly.").stream().map(this::dryRun).toList();

    // Then
    assertThat(again).isEqualTo(manifests("You help kindly.").stream().map(this::stored).toList());
    assertThat(again)
        .filteredOn(object -> object.path("kind").asText().equals("Chatbot"))
        .hasSize(1);
  }

  @Test
  @DisplayName("T33: no field of a spec is owned by the operator")
  void operatorOwnsNoFieldOfASpec() {
    // Given
    applyFromGit(manifests("You help."));
    docs.awaitReason(Reason.Ready);

    // When
    var owners =
        manifests("You help.").stream()
            .map(manifest -> world.kubernetes().resource(manifest).require())
            .flatMap(object -> object.getMetadata().getManagedFields().stream())
            .filter(entry -> entry.getFieldsV1().getAdditionalProperties().containsKey("f:spec"))
            .map(entry -> entry.getManager());

    // Then
    assertThat(owners).hasSize(3).containsOnly(GIT);
  }

  private void applyFromGit(List<HasMetadata> manifests) {
    manifests.forEach(
        manifest -> world.kubernetes().resource(manifest).fieldManager(GIT).serverSideApply());
  }

  private JsonNode dryRun(HasMetadata manifest) {
    return comparable(world.kubernetes().resource(manifest).patch(DRY_RUN, manifest));
  }

  private JsonNode stored(HasMetadata manifest) {
    return comparable(world.kubernetes().resource(manifest).require());
  }

  /** Without what the API server itself counts, and what the operator reports. */
  private static JsonNode comparable(HasMetadata object) {
    ObjectNode json = JSON.valueToTree(object);
    json.remove("status");
    json.withObject("/metadata").remove(Set.of("managedFields", "resourceVersion"));
    return json;
  }

  private List<HasMetadata> manifests(String prompt) {
    var yaml =
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: okchat}
        data: {api-key: %s}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: pages}
        data: {hours.md: From nine to five.}
        ---
        apiVersion: okchat.ai/v1alpha1
        kind: ChatbotBackend
        metadata: {name: default}
        spec:
          url: %s
          allowInsecure: true
          apiKeySecretRef: {name: okchat, key: api-key}
          pollInterval: 1s
        ---
        apiVersion: okchat.ai/v1alpha1
        kind: Chatbot
        metadata:
          name: support
          labels: {team: a}
          annotations: {example.com/owner: team-a}
        spec: {name: Support, prompt: %s, snippet: {primaryColor: "#ABCDEF"}}
        ---
        apiVersion: okchat.ai/v1alpha1
        kind: KnowledgeSource
        metadata: {name: docs}
        spec: {chatbotRef: {name: support}, configMap: {name: pages}}
        """
            .formatted(
                Base64.getEncoder()
                    .encodeToString(Backend.API_KEY.getBytes(StandardCharsets.UTF_8)),
                world.backend().url(),
                prompt);
    var objects =
        world
            .kubernetes()
            .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
            .items();
    objects.forEach(object -> object.getMetadata().setNamespace(world.namespace()));
    return objects;
  }
}
