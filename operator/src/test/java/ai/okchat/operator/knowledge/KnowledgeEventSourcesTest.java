package ai.okchat.operator.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

/** Changes of a Chatbot that trigger its KnowledgeSources. */
class KnowledgeEventSourcesTest {

  @Test
  void chatbotOfAnotherAccountTriggersItsSources() {
    // Given
    var ready = chatbot("{type: Ready, status: 'True', reason: Ready}");
    var changed =
        chatbot(
            "{type: Ready, status: 'False', reason: AccountChanged},"
                + " {type: Stalled, status: 'True', reason: AccountChanged}");

    // When
    var begins = KnowledgeEventSources.isRelevant(changed, ready);
    var ends = KnowledgeEventSources.isRelevant(ready, changed);

    // Then
    assertThat(begins).isTrue();
    assertThat(ends).isTrue();
  }

  @Test
  void otherConditionsOfAChatbotTriggerNothing() {
    // Given
    var ready = chatbot("{type: Ready, status: 'True', reason: Ready}");
    var rejected =
        chatbot(
            "{type: Ready, status: 'False', reason: SpecRejected},"
                + " {type: Stalled, status: 'True', reason: SpecRejected}");

    // When
    var relevant = KnowledgeEventSources.isRelevant(rejected, ready);

    // Then
    assertThat(relevant).isFalse();
  }

  private static Chatbot chatbot(String conditions) {
    return Serialization.unmarshal(
        """
        apiVersion: okchat.ai/v1alpha1
        kind: Chatbot
        metadata: {name: support, namespace: team, generation: 1}
        spec: {name: Support, prompt: You help.}
        status: {observedGeneration: 1, id: bot-1, conditions: [%s]}
        """
            .formatted(conditions),
        Chatbot.class);
  }
}
