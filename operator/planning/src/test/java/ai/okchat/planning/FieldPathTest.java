package ai.okchat.planning;

import static ai.okchat.planning.PlannedBot.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FieldPathTest {
  private static final String BOT =
      """
      {"name": "Support", "settings": {"prompt": "p", "snippet": {"logo": "l", "name": "n"}}}
      """;

  @Test
  void joinsNamesWithDots() {
    // Then
    assertThat(FieldPath.join("", "settings")).isEqualTo("settings");
    assertThat(FieldPath.join("settings", "greeting")).isEqualTo("settings.greeting");
  }

  @Test
  void removesSingleFieldsAtAnyDepth() {
    // When
    var without = FieldPath.without(json(BOT), List.of("name", "settings.snippet.logo"));

    // Then
    assertThat(without)
        .isEqualTo(json("{\"settings\": {\"prompt\": \"p\", \"snippet\": {\"name\": \"n\"}}}"));
  }

  @Test
  void nameOfAnObjectRemovesAllOfIt() {
    // When
    var without = FieldPath.without(json(BOT), List.of("settings.snippet"));

    // Then
    assertThat(without)
        .isEqualTo(json("{\"name\": \"Support\", \"settings\": {\"prompt\": \"p\"}}"));
  }

  @Test
  void unknownNamesRemoveNothing() {
    // When
    var without =
        FieldPath.without(json(BOT), List.of("slogan", "name.first", "voice.x", "settings.a.b"));

    // Then
    assertThat(without).isEqualTo(json(BOT));
  }

  @Test
  void doesNotChangeTheOriginal() {
    // Given
    var original = json(BOT);

    // When
    FieldPath.without(original, List.of("name", "settings.snippet.logo"));

    // Then
    assertThat(original).isEqualTo(json(BOT));
  }
}
