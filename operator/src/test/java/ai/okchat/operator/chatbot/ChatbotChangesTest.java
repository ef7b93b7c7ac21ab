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

/** T18, T26: people's changes are worth a pass, our own are not. */
class ChatbotChangesTest {
  private final ChatbotChanges changes = new ChatbotChanges();

  @Test
  void the_same_object_again_is_not_worth_a_pass() {
    // When
    var accepted = changes.accept(chatbot(""), chatbot(""));

    // Then
    assertThat(accepted).isFalse();
  }

  @Test
  void t26_an_edit_of_the_spec_is() {
    // Given
    var now = chatbot("");
    now.getMetadata().setGeneration(Manifest.GENERATION + 1);

    // When
    var accepted = changes.accept(now, chatbot(""));

    // Then
    assertThat(accepted).isTrue();
  }

  @Test
  void a_deletion_is() {
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
        "okchat.ai/deletion-deadline",
        "okchat.ai/approve"
      })
  void an_annotation_by_which_people_speak_is(String annotation) {
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
  void t18_our_own_writes_are_not() {
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
  void somebody_elses_annotations_and_labels_are_not() {
    // Given
    var now = annotated(chatbot(""), Map.of("example.com/note", "x"));
    now.getMetadata().setLabels(Map.of("team", "a"));

    // When
    var accepted = changes.accept(now, chatbot(""));

    // Then
    assertThat(accepted).isFalse();
  }

  @Test
  void t6_a_status_whose_id_was_taken_away_is() {
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
  void a_finalizer_that_was_taken_from_an_object_with_a_bot_is() {
    // Given
    var before = withStatus(held(chatbot("")), recorded("bot-1"));
    var now = withStatus(chatbot(""), recorded("bot-1"));

    // When
    var accepted = changes.accept(now, before);

    // Then
    assertThat(accepted).isTrue();
  }

  @Test
  void t14_a_copied_slug_that_a_person_took_away_again_is() {
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
