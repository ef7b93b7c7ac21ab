package ai.okchat.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DashboardTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  @Test
  void showsBotsOfAllOrganizations() throws IOException {
    // Given
    SANDBOX.api().createBot("mine");
    SANDBOX.api().withKey(RunningSandbox.OTHER_KEY).createBot("theirs");

    // When
    var bots = SANDBOX.api().get("/sandbox/chatbots").at("/chatbots");

    // Then
    assertThat(bots.findValuesAsText("slug")).containsExactly("mine", "theirs");
    assertThat(bots.findValuesAsText("organization")).containsExactly("acme", "other");
    assertThat(bots.get(0)).hasSize(22);
  }

  @Test
  void createsBotForAnyOrganization() throws IOException {
    // When
    var answer =
        SANDBOX
            .api()
            .post(
                "/sandbox/chatbots",
                "{\"organization\": \"other\", \"name\": \"Foreign\", \"slug\": \"foreign\"}");
    var byDefault = SANDBOX.api().post("/sandbox/chatbots", "{\"name\": \"Own\"}");

    // Then
    var id = answer.at("/id").asText();
    assertThat(answer.status()).isEqualTo(201);
    assertThat(byDefault.at("/organization").asText()).isEqualTo("acme");
    assertThat(SANDBOX.api().get(Api.bot(id)).status()).isEqualTo(404);
    assertThat(SANDBOX.api().withKey(RunningSandbox.OTHER_KEY).get(Api.bot(id)).status())
        .isEqualTo(200);
  }

  @Test
  void patchMergesDeeplyAndNullRemovesASetting() throws IOException {
    // Given
    var api = SANDBOX.api();
    var id = api.createBot("drifting");
    api.patch(
        "/api/external/chatbots?id=" + id,
        "{\"settings\": {\"prompt\": \"p\", \"model\": \"m\", \"snippet\": {\"name\": \"n\"}}}");

    // When
    var answer =
        api.patch(
            "/sandbox/chatbots/" + id,
            """
            {"name": "Renamed", "chat_widget_config": {"header": "h"},
             "settings": {"model": null, "snippet": {"header": "h"}}}
            """);

    // Then
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.at("/chat_widget_config")).isEqualTo(Api.json("{\"header\": \"h\"}"));
    var bot = api.get(Api.bot(id)).at("/chatbot");
    assertThat(bot.get("name").asText()).isEqualTo("Renamed");
    assertThat(bot.get("settings"))
        .isEqualTo(
            Api.json("{\"prompt\": \"p\", \"snippet\": {\"header\": \"h\", \"name\": \"n\"}}"));
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"id\": \"x\"}', 400, id: cannot be changed",
    "'{\"slug\": \"taken\"}', 409, slug: already in use",
    "'{\"settings\": 3}', 400, 'settings: must be an object, was 3'",
    "'[]', 400, body: must be a JSON object"
  })
  void rejectsPatchNamingTheInvalidField(String body, int status, String error) throws IOException {
    // Given
    SANDBOX.api().createBot("taken");
    var id = SANDBOX.api().createBot("mine");

    // When
    var answer = SANDBOX.api().patch("/sandbox/chatbots/" + id, body);

    // Then
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.at("/error").asText()).isEqualTo(error);
  }

  @Test
  void deletesBotWithoutTheApi() throws IOException {
    // Given
    var id = SANDBOX.api().createBot("doomed");

    // When
    var answer = SANDBOX.api().delete("/sandbox/chatbots/" + id);

    // Then
    assertThat(answer.status()).isEqualTo(204);
    assertThat(SANDBOX.api().get(Api.bot(id)).status()).isEqualTo(404);
    assertThat(SANDBOX.api().delete("/sandbox/chatbots/" + id).status()).isEqualTo(404);
  }

  @Test
  void addsReadsAndDeletesDocumentsWithoutTheApi() throws IOException {
    // Given
    var api = SANDBOX.api();
    var id = api.createBot("reader");
    var path = "/sandbox/chatbots/" + id + "/documents";

    // When
    var added = api.post(path, "{\"title\": \"Foreign\", \"content\": \"We sell umbrellas.\"}");

    // Then
    var one = path + "/" + added.at("/id").asText();
    assertThat(added.status()).isEqualTo(201);
    assertThat(KnowledgeEndpointsTest.titles(api, id)).containsExactly("Foreign");
    assertThat(KnowledgeEndpointsTest.query(api, id, "umbrellas").at("/total_docs").asInt())
        .isEqualTo(1);
    assertThat(api.get(one).at("/content").asText()).isEqualTo("We sell umbrellas.");
    assertThat(api.get(path).at("/documents")).hasSize(1);
    assertThat(api.delete(one).status()).isEqualTo(204);
    assertThat(api.get(path).at("/documents")).isEmpty();
  }

  @Test
  void deletesAllDocumentsOfABotAtOnce() throws IOException {
    // Given
    var api = SANDBOX.api();
    var id = api.createBot("reader");
    api.upload(id, "a.md", "a");
    api.upload(id, "b.md", "b");

    // When
    var answer = api.delete("/sandbox/chatbots/" + id + "/documents");

    // Then
    assertThat(answer.status()).isEqualTo(204);
    assertThat(KnowledgeEndpointsTest.titles(api, id)).isEmpty();
  }

  @Test
  void rotatesKeyWithinItsOrganization() throws IOException {
    // Given
    var api = SANDBOX.api();
    var id = api.createBot("kept");

    // When
    var put = api.put("/sandbox/keys", "{\"key\": \"new-key\", \"organization\": \"acme\"}");
    var deleted = api.delete("/sandbox/keys/" + RunningSandbox.KEY);

    // Then
    assertThat(put.at("/organization").asText()).isEqualTo("acme");
    assertThat(deleted.status()).isEqualTo(204);
    assertThat(api.get(Api.bot(id)).status()).isEqualTo(401);
    assertThat(api.withKey("new-key").get(Api.bot(id)).status()).isEqualTo(200);
  }

  @Test
  void resetRemovesDataFaultsJournalSwitchesAndKeys() throws IOException {
    // Given
    var api = SANDBOX.api();
    var id = api.createBot("gone");
    api.upload(id, "a.md", "We sell umbrellas.");
    KnowledgeEndpointsTest.query(api, id, "umbrellas");
    api.post("/sandbox/faults", "{\"endpoint\": \"*\", \"kind\": \"cut-before\"}");
    api.put("/sandbox/switches", "{\"maxBots\": 1}");
    api.put("/sandbox/keys", "{\"key\": \"extra\", \"organization\": \"acme\"}");

    // When
    var answer = api.post("/sandbox/reset", "");

    // Then
    assertThat(answer.status()).isEqualTo(204);
    assertThat(api.get("/sandbox/chatbots").at("/chatbots")).isEmpty();
    assertThat(api.get("/sandbox/journal").at("/calls")).isEmpty();
    assertThat(api.get("/sandbox/faults").at("/faults")).isEmpty();
    assertThat(api.get("/sandbox/switches").at("/maxBots").asInt()).isZero();
    assertThat(api.withKey("extra").get("/api/external/chatbots").status()).isEqualTo(401);
    assertThat(api.get("/api/external/chatbots").status()).isEqualTo(200);
  }
}
