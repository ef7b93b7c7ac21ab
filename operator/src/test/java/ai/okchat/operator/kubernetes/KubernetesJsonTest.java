package ai.okchat.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.WatchEvent;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KubernetesJsonTest {

  private static final String EVENT =
      """
      {"type": "MODIFIED", "object": {
        "apiVersion": "okchat.ai/v1alpha1", "kind": "Chatbot",
        "metadata": {"name": "support", "annotations": {"team": "support",
          "kubectl.kubernetes.io/last-applied-configuration": "{}"}, "managedFields": [
          {"manager": "kubectl", "operation": "Apply", "fieldsV1": {"f:spec": {"f:name": {}}}}]},
        "spec": {"name": "Support", "prompt": "Be kind."},
        "status": {"id": "1", "conditions": [
          {"type": "Ready", "status": "True", "reason": "Ready", "observedGeneration": 3,
           "message": "The bot matches the spec.", "lastTransitionTime": "2026-11-25T00:00:00Z"}
        ]}}}
      """;

  @Test
  void readsEventWithoutUnusedFields() {
    // When
    var event = KubernetesJson.create().unmarshal(EVENT, WatchEvent.class);

    // Then
    assertThat(event.getObject())
        .isInstanceOfSatisfying(
            Chatbot.class,
            chatbot -> {
              assertThat(chatbot.getMetadata().getName()).isEqualTo("support");
              assertThat(chatbot.getMetadata().getAnnotations())
                  .containsOnly(Map.entry("team", "support"));
              assertThat(chatbot.getMetadata().getManagedFields()).isEmpty();
              assertThat(chatbot.getSpec().name()).isEqualTo("Support");
              assertThat(ready(chatbot))
                  .isEqualTo(
                      new Condition(
                          "2026-11-25T00:00:00Z",
                          "The bot matches the spec.",
                          3L,
                          "Ready",
                          "True",
                          "Ready"));
            });
  }

  @Test
  void keepsEqualConditionsInMemoryOnce() {
    // Given
    var json = KubernetesJson.create();

    // When
    var one = ready((Chatbot) json.unmarshal(EVENT, WatchEvent.class).getObject());
    var other = ready((Chatbot) json.unmarshal(EVENT, WatchEvent.class).getObject());

    // Then
    assertThat(one).isSameAs(other);
  }

  @Test
  void writesObjectAsItWasRead() {
    // Given
    var json = KubernetesJson.create();
    var condition =
        """
        {"type": "Ready", "status": "True", "theirs": "kept"}\
        """;

    // When
    var written = json.asJson(json.unmarshal(condition, Condition.class));

    // Then
    assertThat(json.unmarshal(written, JsonNode.class))
        .isEqualTo(json.unmarshal(condition, JsonNode.class));
  }

  @Test
  void emptyListOfMetadataHasItems() {
    // When
    var list =
        KubernetesJson.create()
            .unmarshal(
                "{\"kind\": \"PartialObjectMetadataList\", \"apiVersion\": \"meta.k8s.io/v1\","
                    + " \"items\": null}",
                GenericKubernetesResourceList.class);

    // Then
    assertThat(list.getItems()).isEmpty();
  }

  private static Condition ready(Chatbot chatbot) {
    return chatbot.getStatus().conditions().getFirst();
  }
}
