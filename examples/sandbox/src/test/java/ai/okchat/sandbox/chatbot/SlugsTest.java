package ai.okchat.sandbox.chatbot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlugsTest {

  @ParameterizedTest
  @CsvSource({"Support Assistant, support-assistant", "'  (A) & B! ', a-b", "한국어, chatbot"})
  void derivesSlugFromName(String name, String slug) {
    // When
    var made = Slugs.from(name);

    // Then
    assertThat(Slugs.checked(made)).isEqualTo(slug);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", "a-", "a--b", "A", "a_b", "a b"})
  void rejectsInvalidSlug(String slug) {
    // Then
    assertThatThrownBy(() -> Slugs.checked(slug)).hasMessageStartingWith("slug: must be");
  }

  @ParameterizedTest
  @CsvSource({"1, bot", "2, bot-2", "11, bot-11"})
  void numbersFurtherCandidates(int attempt, String slug) {
    // When
    var candidate = Slugs.candidate("bot", attempt);

    // Then
    assertThat(candidate).isEqualTo(slug);
  }
}
