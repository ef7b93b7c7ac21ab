package ai.okchat.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SwitchesTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private static final String BOTS = "/api/external/chatbots";

  @Test
  void hidesNewBotInListAndDetailsForAWhile() throws IOException {
    // Given
    var api = SANDBOX.api();
    set("listLagMillis", "400");

    // When
    var bot = api.createBot("hidden");

    // Then
    assertThat(api.get(BOTS).at("/chatbots")).isEmpty();
    assertThat(api.get(Api.bot(bot)).status()).isEqualTo(404);
    await().pollInterval(Duration.ofMillis(50)).until(() -> api.get(Api.bot(bot)).status() == 200);
    assertThat(api.get(BOTS).at("/chatbots")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "409, 409, taken",
    "400, 400, taken",
    "500, 500, taken",
    "accept-with-suffix, 201, taken taken-2"
  })
  void returnsConfiguredResponseToSlugInUse(String value, int status, String slugs)
      throws IOException {
    // Given
    var api = SANDBOX.api();
    api.createBot("taken");
    set("slugTakenStatus", value);

    // When
    var answer = api.post(BOTS, "{\"name\": \"A\", \"slug\": \"taken\"}");

    // Then
    assertThat(answer.status()).isEqualTo(status);
    assertThat(api.get(BOTS).at("/chatbots").findValuesAsText("slug"))
        .containsExactly(slugs.split(" "));
  }

  @Test
  void rejectsCallsAboveRateOfOneOrganization() throws IOException {
    // Given
    set("rateLimitPerSecond", "3");

    // When
    var answers = new ArrayList<Api.Answer>();
    for (var call = 0; call < 10; call++) {
      answers.add(SANDBOX.api().get(BOTS));
    }
    var other = SANDBOX.api().withKey(RunningSandbox.OTHER_KEY).get(BOTS);

    // Then
    var refused = answers.stream().filter(answer -> answer.status() == 429).toList();
    assertThat(refused).isNotEmpty();
    assertThat(refused.getFirst().header("Retry-After")).contains("1");
    assertThat(refused.getFirst().json()).isEqualTo(Api.json("{\"error\": \"Too many requests\"}"));
    assertThat(other.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"402", "403"})
  void rejectsBotAboveTheLimit(int status) throws IOException {
    // Given
    var body = "{\"maxBots\": 1, \"quotaStatus\": %d}".formatted(status);
    SANDBOX.api().put("/sandbox/switches", body);
    SANDBOX.api().createBot("first");

    // When
    var answer = SANDBOX.api().post(BOTS, "{\"name\": \"Second\"}");

    // Then
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.at("/error").asText()).isEqualTo("Your plan allows 1 chatbots");
  }

  @Test
  void returns204WithoutBodyForDeletionWhenConfigured() throws IOException {
    // Given
    var api = SANDBOX.api();
    var bot = api.createBot("reader");
    api.upload(bot, "hours.md", "# Hours");
    set("deleteStatus", "204");

    // When
    var document = KnowledgeEndpointsTest.documentId(api, bot);
    var answers =
        List.of(
            api.delete(Api.bot(bot) + "/knowledge-base?id=" + document), api.delete(Api.bot(bot)));

    // Then
    assertThat(answers)
        .allSatisfy(
            answer -> {
              assertThat(answer.status()).isEqualTo(204);
              assertThat(answer.body()).isEmpty();
            });
  }

  @Test
  void mergesSettingsWhenConfigured() throws IOException {
    // Given
    var api = SANDBOX.api();
    var bot = api.createBot("merged");
    var path = BOTS + "?id=" + bot;
    api.patch(path, "{\"settings\": {\"model\": \"m\", \"snippet\": {\"name\": \"n\"}}}");
    set("settingsMerge", "merge");

    // When
    var answer =
        api.patch(path, "{\"settings\": {\"prompt\": \"p\", \"snippet\": {\"header\": \"h\"}}}");

    // Then
    assertThat(answer.at("/chatbot/settings"))
        .isEqualTo(
            Api.json(
                """
                {"model": "m", "prompt": "p", "snippet": {"header": "h", "name": "n"}}
                """));
  }

  @Test
  void writesSnippetOfWidgetWhenConfigured() throws IOException {
    // Given
    var api = SANDBOX.api();
    var bot = api.createBot("with-widget");
    set("widgetWritesSnippet", "true");

    // When
    api.patch(Api.bot(bot) + "/chat-widget", "{\"header\": \"h\", \"language\": \"auto\"}");

    // Then
    assertThat(api.get(Api.bot(bot)).at("/chatbot/settings"))
        .isEqualTo(Api.json("{\"snippet\": {\"header\": \"h\"}}"));
  }

  @Test
  void readsChangesAndResetsSwitches() throws IOException {
    // Given
    var api = SANDBOX.api();
    var before = api.get("/sandbox/switches").json();

    // When
    var changed = api.put("/sandbox/switches", "{\"maxBots\": 5, \"titleExtension\": \"cut\"}");
    api.post("/sandbox/reset", "");

    // Then
    assertThat(changed.at("/maxBots").asInt()).isEqualTo(5);
    assertThat(changed.at("/titleExtension").asText()).isEqualTo("cut");
    assertThat(changed.at("/slugTakenStatus")).isEqualTo(before.get("slugTakenStatus"));
    assertThat(api.get("/sandbox/switches").json()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"maxBots\": -1}', maxBots: must not be negative",
    "'{\"maxBots\": \"many\"}', maxBots: must be one of: a whole number",
    "'{\"patchChangesTitle\": 1}', patchChangesTitle: must be one of: true or false",
    "'{\"titleExtension\": \"drop\"}', 'titleExtension: must be one of: keep, cut, add'",
    "'{\"deleteStatus\": 202}', deleteStatus: must be 200 or 204",
    "'{\"speed\": 3}', speed: no such switch"
  })
  void rejectsInvalidSwitchByName(String body, String error) throws IOException {
    // When
    var answer = SANDBOX.api().put("/sandbox/switches", body);

    // Then
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.at("/error").asText()).isEqualTo(error);
  }

  private static void set(String name, String value) throws IOException {
    var body = "{\"%s\": \"%s\"}".formatted(name, value);
    assertThat(SANDBOX.api().put("/sandbox/switches", body).status()).isEqualTo(200);
  }
}
