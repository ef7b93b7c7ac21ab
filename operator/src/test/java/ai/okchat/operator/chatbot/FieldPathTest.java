package ai.okchat.operator.chatbot;

import static ai.okchat.operator.chatbot.Manifest.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FieldPathTest {
  private static final String BOT =
      """
      {"name": "Support", "settings": {"prompt": "p", "snippet": {"logo": "l", "name": "n"}}}
      """;

  @Test
  void joins_names_with_dots() {
    // Then
    assertThat(FieldPath.join("", "settings")).isEqualTo("settings");
    assertThat(FieldPath.join("settings", "greeting")).isEqualTo("settings.greeting");
  }

  @Test
  void takes_single_fields_away_at_any_depth() {
    // When
    var without = FieldPath.without(json(BOT), List.of("name", "settings.snippet.logo"));

    // Then
    assertThat(without)
        .isEqualTo(json("{\"settings\": {\"prompt\": \"p\", \"snippet\": {\"name\": \"n\"}}}"));
  }

  @Test
  void a_name_of_an_object_takes_all_of_it_away() {
    // When
    var without = FieldPath.without(json(BOT), List.of("settings.snippet"));

    // Then
    assertThat(without)
        .isEqualTo(json("{\"name\": \"Support\", \"settings\": {\"prompt\": \"p\"}}"));
  }

  @Test
  void names_that_lead_nowhere_take_nothing() {
    // When
    var without =
        FieldPath.without(json(BOT), List.of("slogan", "name.first", "voice.x", "settings.a.b"));

    // Then
    assertThat(without).isEqualTo(json(BOT));
  }

  @Test
  void the_original_stays_whole() {
    // Given
    var original = json(BOT);

    // When
    FieldPath.without(original, List.of("name", "settings.snippet.logo"));

    // Then
    assertThat(original).isEqualTo(json(BOT));
  }
}
