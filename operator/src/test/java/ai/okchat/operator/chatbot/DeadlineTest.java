package ai.okchat.operator.chatbot;

import static ai.okchat.operator.chatbot.Manifest.annotated;
import static ai.okchat.operator.chatbot.Manifest.chatbot;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.operator.status.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineTest {
  private static final Instant DELETED = Instant.parse("2026-03-01T08:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "1h, PT1H",
    "30m, PT30M",
    "90s, PT90S",
    "1h30m, PT90M",
    "1h2m3s, PT1H2M3S",
    "0s, PT0S",
    "720h, PT720H"
  })
  void counts_from_the_deletion(String annotation, Duration after) {
    // Given
    var chatbot = deleted(Map.of("okchat.ai/deletion-deadline", annotation));

    // When
    var deadline = Deadline.ofAnnotation(chatbot);

    // Then
    assertThat(deadline).contains(DELETED.plus(after));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "soon",
        "1",
        "1d",
        "1h ",
        " 1h",
        "-1h",
        "1h-30m",
        "PT1H",
        "h",
        "9999999999999h",
        "99999999999999999999h"
      })
  void giving_up_must_be_asked_for_clearly(String annotation) {
    // Given
    var chatbot = deleted(Map.of("okchat.ai/deletion-deadline", annotation));

    // When
    var deadline = Deadline.ofAnnotation(chatbot);

    // Then
    assertThat(deadline).isEmpty();
  }

  @Test
  void without_the_annotation_it_is_tried_for_ever() {
    // When
    var none = Deadline.ofAnnotation(deleted(Map.of()));
    var never = Deadline.ofAnnotation(chatbot(""));

    // Then
    assertThat(none).isEmpty();
    assertThat(never).isEmpty();
  }

  @Test
  void another_time_can_be_counted_from_the_deletion_too() {
    // When
    var end = Deadline.withoutAWay(deleted(Map.of()));

    // Then
    assertThat(end).isEqualTo(Instant.parse("2026-03-01T09:00:00Z"));
  }

  @Test
  void namesTheEndOfABlockedDeletion() {
    // When
    var sentences =
        List.of(Deadline.sentence(Optional.of(DELETED)), Deadline.sentence(Optional.empty()));

    // Then
    assertThat(sentences)
        .containsExactly(
            " The operator stops trying after 2026-03-01T08:00:00Z and leaves an orphan receipt.",
            "");
  }

  private static Chatbot deleted(Map<String, String> annotations) {
    var chatbot = annotated(chatbot(""), annotations);
    chatbot.getMetadata().setDeletionTimestamp(DELETED.toString());
    return chatbot;
  }
}
