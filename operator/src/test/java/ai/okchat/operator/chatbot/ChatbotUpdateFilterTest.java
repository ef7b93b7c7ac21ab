package ai.okchat.operator.chatbot;

import static ai.okchat.operator.chatbot.Manifest.annotated;
import static ai.okchat.operator.chatbot.Manifest.chatbot;
import static ai.okchat.operator.chatbot.Manifest.recorded;
import static ai.okchat.operator.chatbot.Manifest.withStatus;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** T18, T26: changes of users cause a reconciliation, writes of the operator do not. */
class ChatbotUpdateFilterTest {
  private final ChatbotUpdateFilter changes = new ChatbotUpdateFilter();

  @Test
  void skipsUnchangedObject() {
    // When
    var accepted = changes.accept(chatbot(""), chatbot(""));

    // Then
    assertThat(accepted).isFalse();
  }

  @Test
  void t26AcceptsEditOfTheSpec() {
    // Given
    var now = chatbot("");
    now.getMetadata().setGeneration(Manifest.GENERATION + 1);

    // When
    var accepted = changes.accept(now, chatbot(""));

    // Then
    assertThat(accepted).isTrue();
  }

  @Test
  void acceptsDeletion() {
    // Given
    var now = chatbot("");
    now.getMetadata().setDeletionTimestamp("2026-03-01T08:00:00Z");

    // When
    var accepted = changes.accept(now, chatbot(""));

    // Then
    assertThat(accepted).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "okchat.ai/paused",
        "okchat.ai/reconcile-requested-at",
        "okchat.ai/deletion-timeout",
        "okchat.ai/approve-recreate"
      })
  void acceptsAnnotationOfUsers(String annotation) {
    // Given
    var without = chatbot("");
    var with = annotated(chatbot(""), Map.of(annotation, "one"));
    var changed = annotated(chatbot(""), Map.of(annotation, "two"));

    // When
    var accepted =
        List.of(
            changes.accept(with, without),
            changes.accept(changed, with),
            changes.accept(without, with),
            changes.accept(with, annotated(chatbot(""), Map.of(annotation, "one"))));

    // Then
    assertThat(accepted).containsExactly(true, true, true, false);
  }

  @Test
  void t18SkipsWritesOfTheOperator() {
    // Given
    var fresh = chatbot("");
    var claimed =
        held(annotated(chatbot(""), Map.of("okchat.ai/slug", "s", "okchat.ai/claim", "c")));
    var reported = withStatus(held(chatbot("")), recorded("bot-1"));

    // When
    var accepted =
        List.of(
            changes.accept(claimed, fresh),
            changes.accept(reported, claimed),
            changes.accept(fresh, claimed));

    // Then
    assertThat(accepted).containsExactly(false, false, false);
  }

  @Test
  void skipsUnrelatedAnnotationsAndLabels() {
    // Given
    var now = annotated(chatbot(""), Map.of("example.com/note", "x"));
    now.getMetadata().setLabels(Map.of("team", "a"));

    // When
    var accepted = changes.accept(now, chatbot(""));

    // Then
    assertThat(accepted).isFalse();
  }

  @Test
  void t6AcceptsRemovalOfTheIdInTheStatus() {
    // Given
    var before = withStatus(chatbot(""), recorded("bot-1"));

    // When
    var accepted =
        List.of(
            changes.accept(chatbot(""), before),
            changes.accept(withStatus(chatbot(""), ChatbotStatus.empty()), before));

    // Then
    assertThat(accepted).containsExactly(true, true);
  }

  @Test
  void acceptsRemovalOfFinalizerFromObjectWithABot() {
    // Given
    var before = withStatus(held(chatbot("")), recorded("bot-1"));
    var now = withStatus(chatbot(""), recorded("bot-1"));

    // When
    var accepted = changes.accept(now, before);

    // Then
    assertThat(accepted).isTrue();
  }

  @Test
  void t14AcceptsRemovalOfACopiedSlug() {
    // Given
    var before = annotated(chatbot(""), Map.of("okchat.ai/slug", "copied"));

    // When
    var accepted = changes.accept(chatbot(""), before);

    // Then
    assertThat(accepted).isTrue();
  }

  private static Chatbot held(Chatbot chatbot) {
    chatbot.getMetadata().setFinalizers(List.of("okchat.ai/finalizer"));
    return chatbot;
  }
}
