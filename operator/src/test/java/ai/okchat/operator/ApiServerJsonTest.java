package ai.okchat.operator;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.WatchEvent;
import org.junit.jupiter.api.Test;

class ApiServerJsonTest {

  private static final String EVENT =
      """
      {"type": "MODIFIED", "object": {
        "apiVersion": "okchat.ai/v1alpha1", "kind": "Chatbot",
        "metadata": {"name": "support", "annotations": {"team": "support"}, "managedFields": [
          {"manager": "kubectl", "operation": "Apply", "fieldsV1": {"f:spec": {"f:name": {}}}}]},
        "spec": {"name": "Support", "prompt": "Be kind."},
        "status": {"id": "1", "conditions": [
          {"type": "Ready", "status": "True", "reason": "Ready", "observedGeneration": 3,
           "message": "The bot is as the spec asks.", "lastTransitionTime": "2026-11-25T00:00:00Z"}
        ]}}}
      """;

  @Test
  void reads_an_event_as_one_of_our_kinds_without_what_nobody_reads() {
    // When
    var event = ApiServerJson.create().unmarshal(EVENT, WatchEvent.class);

    // Then
    assertThat(event.getObject())
        .isInstanceOfSatisfying(
            Chatbot.class,
            chatbot -> {
              assertThat(chatbot.getMetadata().getName()).isEqualTo("support");
              assertThat(chatbot.getMetadata().getAnnotations()).containsEntry("team", "support");
              assertThat(chatbot.getMetadata().getManagedFields()).isEmpty();
              assertThat(chatbot.getSpec().name()).isEqualTo("Support");
              assertThat(ready(chatbot))
                  .isEqualTo(
                      new Condition(
                          "2026-11-25T00:00:00Z",
                          "The bot is as the spec asks.",
                          3L,
                          "Ready",
                          "True",
                          "Ready"));
            });
  }

  @Test
  void the_words_of_conditions_are_in_memory_once() {
    // Given
    var json = ApiServerJson.create();

    // When
    var one = ready((Chatbot) json.unmarshal(EVENT, WatchEvent.class).getObject());
    var other = ready((Chatbot) json.unmarshal(EVENT, WatchEvent.class).getObject());

    // Then
    assertThat(one.getMessage()).isSameAs(other.getMessage());
    assertThat(one.getLastTransitionTime()).isSameAs(other.getLastTransitionTime());
  }

  private static Condition ready(Chatbot chatbot) {
    return chatbot.getStatus().conditions().getFirst();
  }
}
