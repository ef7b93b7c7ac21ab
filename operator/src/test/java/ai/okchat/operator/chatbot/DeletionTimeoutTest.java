package ai.okchat.operator.chatbot;

import static ai.okchat.operator.chatbot.Manifest.annotated;
import static ai.okchat.operator.chatbot.Manifest.chatbot;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.operator.lifecycle.DeletionTimeout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeletionTimeoutTest {
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
  void countsFromTheDeletion(String annotation, Duration after) {
    // Given
    var chatbot = deleted(Map.of("okchat.ai/deletion-timeout", annotation));

    // When
    var deadline = DeletionTimeout.ofAnnotation(chatbot);

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
  void ignoresInvalidTimeout(String annotation) {
    // Given
    var chatbot = deleted(Map.of("okchat.ai/deletion-timeout", annotation));

    // When
    var deadline = DeletionTimeout.ofAnnotation(chatbot);

    // Then
    assertThat(deadline).isEmpty();
  }

  @Test
  void retriesForeverWithoutTheAnnotation() {
    // When
    var none = DeletionTimeout.ofAnnotation(deleted(Map.of()));
    var never = DeletionTimeout.ofAnnotation(chatbot(""));

    // Then
    assertThat(none).isEmpty();
    assertThat(never).isEmpty();
  }

  @Test
  void countsTimeWithoutConnectionFromTheDeletion() {
    // When
    var end = DeletionTimeout.withoutBackend(deleted(Map.of()));

    // Then
    assertThat(end).isEqualTo(Instant.parse("2026-03-01T09:00:00Z"));
  }

  @Test
  void namesTheEndOfABlockedDeletion() {
    // When
    var sentences =
        List.of(
            DeletionTimeout.sentence(Optional.of(DELETED)),
            DeletionTimeout.sentence(Optional.empty()));

    // Then
    assertThat(sentences)
        .containsExactly(
            " The operator stops trying after 2026-03-01T08:00:00Z and creates an orphan receipt.",
            "");
  }

  private static Chatbot deleted(Map<String, String> annotations) {
    var chatbot = annotated(chatbot(""), annotations);
    chatbot.getMetadata().setDeletionTimestamp(DELETED.toString());
    return chatbot;
  }
}
