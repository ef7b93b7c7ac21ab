package ai.okchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.client.Bot;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifest of one bot. */
class ImportedBotTest {
  private static final String FULL =
      """
      {"id": "3317853e-0af2-427d-a56f-351a9587f48f", "slug": "support", "name": "Support", "active": true,
       "description": "Answers customers: quickly", "is_public": true, "openai_api_key": "sk-PLANTED",
       "organization_id": "123042b2-86e2-4184-a86e-95423d728815",
       "personality_config": {"style": "Friendly", "tone": "Professional"},
       "settings": {"avatar": "https://files.example/bot.png", "greeting": "안녕하세요! 👋",
        "isRequestUserInfoEnabled": false, "isToolEnabled": true, "model": "gpt-4o-mini",
        "prompt": "You help.\\nBe brief.\\n",
        "snippet": {"header": "Front desk", "logo": "https://a.example/l.png", "name": "yes",
         "primaryColor": "#4F46E5", "secondaryColor": "green", "slogan": "# Ask"}},
       "voice_widget_config": {"agentId": "3317853e-0af2-427d-a56f-351a9587f48f", "voice": "shimmer",
        "avatar": {"imageUrl": "https://a.example/v.png"},
        "appearance": {"backgroundColor": "#ffffff", "borderColor": "#e1e1e1", "buttonColor": "#000",
         "buttonRadius": 32, "buttonTextColor": "#ffffff", "cardRadius": 20,
         "focusOutlineColor": "#000000", "textColor": "#000000"},
        "text": {"callToAction": "Appointment?", "startCall": "Start a call", "endCall": "End",
         "listeningStatus": "Listening", "speakingStatus": "Talk to interrupt"},
        "model": {"max_output_tokens": 2048, "temperature": 0.7},
        "vad": {"prefix_padding_ms": 500, "silence_duration_ms": 1000, "threshold": 0.8}}}
      """;

  @Test
  void writesEachFieldOfABot() {
    // Given
    var titles = List.of("hours.md", "가격표\n# not a title: \u202e.pdf");

    // When
    var manifest = ImportedManifest.of(ImportedBot.of(bot(FULL), "default"), Optional.of(titles));

    // Then
    assertThat(manifest).doesNotContain("PLANTED");
    Golden.check("import-full", manifest);
  }

  @Test
  void writesALongPromptAsConfigMap() {
    // Given
    var limit = ImportedBot.LONGEST_INLINE_PROMPT;

    // When
    var inline = ImportedBot.of(bot(withPrompt("a".repeat(limit))), "default");
    var referenced = ImportedBot.of(bot(withPrompt("b\n".repeat(limit))), "shop");

    // Then
    assertThat(inline.spec().path("prompt").asText()).hasSize(limit);
    assertThat(inline.longPrompt()).isEmpty();
    assertThat(referenced.spec().has("prompt")).isFalse();
    assertThat(referenced.toString()).isEqualTo("ImportedBot[support]");
    Golden.check(
        "import-long-prompt",
        ImportedManifest.of(referenced, Optional.of(List.of()))
            .replace("    b\n".repeat(limit), "    b (%d lines)\n".formatted(limit)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"name\": null, \"settings\": null, \"personality_config\": [], \"voice_widget_config\":"
            + " \"x\"}",
        "{\"name\": \" \", \"settings\": {\"prompt\": \"\\u00a0\\n\"}}",
        "{\"name\": 7, \"settings\": {\"prompt\": {\"text\": \"no\"}, \"snippet\": []}}",
        "{\"name\": \"\\udc00\", \"settings\": {\"prompt\": \"\\ud83d\"}}"
      })
  void neverManagesARequiredFieldThatTheBotLacks(String fields) {
    // When
    var imported = ImportedBot.of(bot(fields), "default");

    // Then
    assertThat(imported.spec())
        .isEqualTo(
            json(
                """
                {"slug": "support", "adoption": "BySlug", "deletionPolicy": "Orphan",
                 "name": "support", "prompt": "You answer questions.",
                 "ignoreFields": ["name", "settings.prompt"]}
                """));
    assertThat(imported.leftOut())
        .contains(
            "ignoreFields keeps these fields of the bot as they are: name, settings.prompt. A spec"
                + " has to have them.");
  }

  @Test
  void neverManagesAPromptThatNoConfigMapCanHave() {
    // When
    var imported = ImportedBot.of(bot(withPrompt("한".repeat(333_334))), "default");

    // Then
    assertThat(imported.spec().path("prompt").asText()).isEqualTo("You answer questions.");
    assertThat(imported.leftOut())
        .startsWith("prompt has 1000002 bytes, and the limit is 1000000.");
  }

  @Test
  void quotesNoValueOfTheBot() {
    // When
    var imported =
        ImportedBot.of(
            bot(
                """
                {"name": "PLANTED%s", "settings": {"prompt": ["PLANTED"], "model": {"a": "PLANTED"},
                 "snippet": {"logo": "PLANTED", "primaryColor": "PLANTED"}}}
                """
                    .formatted("x".repeat(300))),
            "default");

    // Then
    assertThat(imported.leftOut()).hasSize(6).noneMatch(sentence -> sentence.contains("PLANTED"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "../etc", "a/b", "Upper", "-a", "a-", "a--b", "a.b", "a b", "한국", "a\n", "..", "~"
      })
  void cannotAdoptABotWithoutAUsableSlug(String slug) {
    assertThat(ImportedBot.usableSlug(new Bot("id", slug, null, JsonText.object()))).isEmpty();
  }

  @Test
  void usesSlugsUpToTheLimitOfTheSchema() {
    assertThat(ImportedBot.usableSlug(new Bot("id", "a".repeat(63), null, JsonText.object())))
        .isPresent();
    assertThat(ImportedBot.usableSlug(new Bot("id", "a".repeat(64), null, JsonText.object())))
        .isEmpty();
    assertThat(ImportedBot.usableSlug(new Bot("id", null, null, JsonText.object()))).isEmpty();
  }

  @Test
  void quotesASlugThatIsAnotherTypeOfYaml() {
    // Given
    var bot = new Bot("id", "1e3", null, json("{\"slug\": \"1e3\"}"));

    // When
    var manifest = ImportedManifest.of(ImportedBot.of(bot, "default"), Optional.empty());

    // Then
    assertThat(manifest)
        .contains(
            "  name: \"1e3\"\n", "  slug: \"1e3\"\n", "The documents of the bot cannot be listed.");
  }

  @Test
  void listsABoundedNumberOfDocuments() {
    // Given
    var titles = IntStream.range(0, 101).mapToObj(number -> "한".repeat(300) + number).toList();

    // When
    var manifest = ImportedManifest.of(ImportedBot.of(bot(FULL), "default"), Optional.of(titles));

    // Then
    assertThat(manifest).contains("The bot has 101 documents", "# - and 1 more\n");
    assertThat(manifest.lines().filter(line -> line.startsWith("# - 한"))).hasSize(100);
    assertThat(manifest.lines()).allMatch(line -> line.length() < 250);
  }

  private static String withPrompt(String prompt) {
    var bot = JsonText.object().put("name", "Support");
    bot.putObject("settings").put("prompt", prompt);
    return bot.toString();
  }

  private static Bot bot(String fields) {
    return new Bot("3317853e-0af2-427d-a56f-351a9587f48f", "support", null, json(fields));
  }

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) JsonText.MAPPER.readTree(text);
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
