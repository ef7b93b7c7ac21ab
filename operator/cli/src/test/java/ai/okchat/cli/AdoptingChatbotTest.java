package ai.okchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.client.Bot;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class AdoptingChatbotTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{name: Shop, settings: {prompt: You help.}} | {name: Shop, prompt: You help.}",
        "{name: Shop, settings: {prompt: ' '}} | {name: Shop, prompt: You answer questions.,"
            + " ignoreFields: [settings.prompt]}",
        "{settings: {prompt: You help.}} | {name: support, prompt: You help., ignoreFields: [name]}"
      })
  void managesOnlyTheFieldsThatTheBotHas(String bot, String spec) {
    // Given
    var existing = new Bot("1", "shop", null, parsed(bot));
    var expected = parsed(spec).put("slug", "shop").put("adoption", "BySlug");

    // When
    var manifest = AdoptingChatbot.of("support", "default", existing);

    // Then
    assertThat(manifest.get("spec")).isEqualTo(expected);
  }

  private static ObjectNode parsed(String yaml) {
    return JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(yaml));
  }
}
