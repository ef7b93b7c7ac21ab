package ai.okchat.client;

import static ai.okchat.client.RecordedBackend.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class BotTest {
  @Test
  void isImmutable() throws IOException {
    // Given
    var fields = json("{\"id\": \"b\", \"settings\": {\"prompt\": \"before\"}}");
    var bot = Bot.of(fields);

    // When
    fields.withObject("/settings").put("prompt", "after");
    bot.fields().withObject("/settings").put("prompt", "after");

    // Then
    assertThat(bot)
        .isEqualTo(
            new Bot("b", null, null, json("{\"id\":\"b\",\"settings\":{\"prompt\":\"before\"}}")));
  }

  @Test
  void printsNeitherPromptNorSettings() throws IOException {
    // Given
    var bot =
        Bot.of(json("{\"id\": \"b\", \"slug\": \"s\", \"settings\": {\"prompt\": \"MARKER\"}}"));

    // When
    var printed = bot.toString();

    // Then
    assertThat(printed).isEqualTo("Bot[id=b, slug=s]");
  }

  @Test
  void keepsNumbersDigitForDigit() throws IOException {
    // Given
    var text = "{\"a\":0.10,\"b\":1,\"c\":12345678901234567890.123456789012345678,\"id\":\"b\"}";

    // When
    var bot = Bot.of(json(text));

    // Then
    assertThat(bot.fields()).hasToString(text);
  }

  @Test
  void isEqualWhateverTheOrderOfItsFields() throws IOException {
    // Given
    var one = Bot.of(json("{\"id\":\"b\",\"settings\":{\"x\":1,\"y\":2}}"));
    var other = Bot.of(json("{\"settings\":{\"y\":2,\"x\":1},\"id\":\"b\"}"));
    var different = Bot.of(json("{\"id\":\"b\",\"settings\":{\"x\":1,\"y\":3}}"));

    // Then
    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other).isNotEqualTo(different);
  }
}
