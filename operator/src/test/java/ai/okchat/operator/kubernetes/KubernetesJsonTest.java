package ai.okchat.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class KubernetesJsonTest {

  private static final String EVENT =
      """
      {"type": "MODIFIED", "object": {
        "apiVersion": "okchat.ai/v1alpha1", "kind": "Chatbot",
        "metadata": {"name": "support", "annotations": {"okchat.ai/paused": "true",
          "team": "support", "kubectl.kubernetes.io/last-applied-configuration": "{}"}, "managedFields": [
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
                  .containsOnly(Map.entry("okchat.ai/paused", "true"));
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
  @DisplayName("T65: metadata that other clients make long is not kept in memory")
  void omitsLongMetadata() {
    // Given
    var json = KubernetesJson.create();
    var metadata =
        """
        {"name": "support", "annotations": {"note": "%1$s"}, "ownerReferences": [{"name": "%1$s"}],
         "labels": {"okchat.ai/shard": "blue", "team": "support", "other": "%2$s"},
         "finalizers": ["okchat.ai/finalizer", "example.com/other", "example.com/%2$s"]}
        """;

    // When
    var longOne = metadata(json, metadata.formatted("x".repeat(1000), "y".repeat(4 * 1024)));
    var shortOne = metadata(json, metadata.formatted("x", "y"));

    // Then
    assertThat(longOne)
        .isEqualTo(
            new ObjectMetaBuilder()
                .withName("support")
                .withAnnotations(Map.of())
                .withLabels(Map.of("okchat.ai/shard", "blue"))
                .withFinalizers("okchat.ai/finalizer")
                .build());
    assertThat(shortOne.getLabels()).containsOnlyKeys("okchat.ai/shard", "team", "other");
    assertThat(shortOne.getFinalizers()).hasSize(3);
  }

  @Test
  void writesOwnerReferences() {
    // Given
    var json = KubernetesJson.create();
    var metadata =
        new ObjectMetaBuilder().addNewOwnerReference().withName("o").endOwnerReference().build();

    // When
    var written = json.asJson(metadata);

    // Then
    assertThat(written)
        .isEqualTo(
            "{\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"OwnerReference\",\"name\":\"o\"}]}");
  }

  private static ObjectMeta metadata(KubernetesSerialization json, String text) {
    return json.unmarshal(text, ObjectMeta.class);
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
  void omitsNullInMetadata() {
    // When
    var metadata =
        metadata(
            KubernetesJson.create(),
            """
            {"annotations": {"okchat.ai/paused": null}, "labels": {"team": null, "a": "b"},
             "finalizers": [null, "okchat.ai/finalizer"]}
            """);

    // Then
    assertThat(metadata)
        .isEqualTo(
            new ObjectMetaBuilder()
                .withAnnotations(Map.of())
                .withLabels(Map.of("a", "b"))
                .withFinalizers("okchat.ai/finalizer")
                .build());
  }

  @Test
  void readsNullMetadataAsEmpty() {
    // When
    var metadata =
        metadata(
            KubernetesJson.create(),
            """
            {"annotations": null, "labels": null, "finalizers": null, "ownerReferences": null,
             "managedFields": null, "unknown": null}
            """);

    // Then
    assertThat(metadata).isEqualTo(new ObjectMeta());
  }

  @Test
  void keepsEqualShortTextsInMemoryOnce() {
    // Given
    var json = KubernetesJson.create();
    var text =
        """
        {"name": "%s", "namespace": "team", "finalizers": ["okchat.ai/finalizer"],
         "labels": {"okchat.ai/shard": "blue"}}
        """
            .formatted("x".repeat(81));

    // When
    var one = metadata(json, text);
    var other = metadata(json, text);

    // Then
    assertThat(one).isEqualTo(other);
    assertThat(one.getNamespace()).isSameAs(other.getNamespace());
    assertThat(one.getFinalizers().getFirst()).isSameAs(other.getFinalizers().getFirst());
    assertThat(one.getLabels().get("okchat.ai/shard"))
        .isSameAs(other.getLabels().get("okchat.ai/shard"));
    assertThat(one.getName()).isNotSameAs(other.getName());
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
