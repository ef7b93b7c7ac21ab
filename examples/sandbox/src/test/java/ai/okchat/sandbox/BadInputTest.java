package ai.okchat.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BadInputTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | name: required",
        "{\"name\": \" \"} | name: required",
        "{\"name\": 3} | name: must be text, was 3",
        "{\"name\": null} | name: must be text, was null",
        "{\"name\": \"A\", \"is_public\": \"yes\"} | is_public: must be true or false, was text",
        "{\"name\": \"A\", \"slug\": \"No Spaces\"} | slug: must be lower-case letters, digits and"
            + " single hyphens, at most 100",
        "{\"name\": \"A\", \"settings\": []} | settings: must be an object, was an array",
        "{\"name\": \"A\", \"settings\": {\"snippet\": {\"logo\": {}}}} | settings.snippet.logo:"
            + " must be text, was an object",
        "[] | body: must be a JSON object",
        "'\"text\"' | body: is not JSON: wrong at line 1, column 1",
        "{\"name\": | body: is not JSON: wrong at line 1, column 9"
      })
  void rejectsBotNamingTheInvalidField(String body, String error) throws IOException {
    // When
    var answer = SANDBOX.api().post("/api/external/chatbots", body);

    // Then
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.at("/error").asText()).isEqualTo(error);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "voice-agent | {\"vad\": {\"threshold\": 2}} | vad.threshold: must be a number from 0 to 1,"
            + " was 2",
        "voice-agent | {\"appearance\": {\"buttonRadius\": -1}} | appearance.buttonRadius: must be"
            + " a number from 0, was -1",
        "chat-widget | {\"language\": true} | language: must be text, was true"
      })
  void rejectsAppearanceNamingTheInvalidField(String path, String body, String error)
      throws IOException {
    // Given
    var id = SANDBOX.api().createBot("plain");

    // When
    var answer = SANDBOX.api().patch(Api.bot(id) + "/" + path, body);

    // Then
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.at("/error").asText()).isEqualTo(error);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | {} | messages: required: an array of at least one message",
        "'' | {\"messages\": []} | messages: required: an array of at least one message",
        "'' | {\"messages\": [{\"role\": \"user\"}]} | messages[0].content: required",
        "'' | {\"messages\": [{\"role\": \"bot\", \"content\": \"Hi\"}]} | messages[0].role: the"
            + " last must be user",
        "'' | {\"messages\": [\"Hi\"]} | messages[0]: must be an object, was text",
        "?stream=1 | {\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]} | stream: must be"
            + " true or false"
      })
  void rejectsQuestionNamingTheInvalidField(String query, String body, String error)
      throws IOException {
    // Given
    var id = SANDBOX.api().createBot("talker");

    // When
    var answer = SANDBOX.api().post(Api.bot(id) + "/chat" + query, body);

    // Then
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.at("/error").asText()).isEqualTo(error);
  }

  @ParameterizedTest
  @CsvSource({"page=0, page", "page=one, page", "limit=101, limit", "limit=0, limit"})
  void rejectsInvalidPages(String query, String field) throws IOException {
    // Given
    var id = SANDBOX.api().createBot("talker");

    // When
    var answer = SANDBOX.api().get(Api.bot(id) + "/conversations?" + query);

    // Then
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.at("/error").asText()).startsWith(field + ": must be a number from 1 to");
  }

  static Stream<List<Object>> badFiles() {
    var latin = new Api.Part("files", "a.md", "caf\u00e9", StandardCharsets.ISO_8859_1);
    return Stream.of(
        List.of(Api.Part.file("other", "a.md", "a"), "files: required as a file part of the form"),
        List.of(Api.Part.file("files", "a.md", ""), "files: the file is empty"),
        List.of(latin, "files: a.md: must be UTF-8"),
        List.of(
            Api.Part.file("files", "a.json", "{}"),
            "files: a.json: must be an array of questions and answers"),
        List.of(Api.Part.file("files", "a.json", "[{"), "files: a.json: is not JSON"),
        List.of(
            Api.Part.file("files", "a.json", "[{\"question\": \"Q?\"}]"),
            "files: a.json: [0]: must have exactly: question, answer; both text"));
  }

  @ParameterizedTest
  @MethodSource("badFiles")
  void rejectsInvalidFileByName(List<Object> fileAndError) throws IOException {
    // Given
    var id = SANDBOX.api().createBot("reader");
    var file = (Api.Part) fileAndError.get(0);

    // When
    var answer = SANDBOX.api().form("POST", "/api/embedfiles?chatbotId=" + id, file);

    // Then
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.at("/error").asText()).isEqualTo(fileAndError.get(1));
  }

  @Test
  void rejectsUploadWithoutExactlyOneBot() throws IOException {
    // Given
    var api = SANDBOX.api();
    var file = Api.Part.file("files", "a.md", "a");

    // When
    var none = api.form("POST", "/api/embedfiles", file);
    var two =
        api.form("POST", "/api/embedfiles?chatbotId=a", Api.Part.text("chatbotId", "b"), file);
    var unknown = api.form("POST", "/api/embedfiles?chatbotId=a", file);

    // Then
    assertThat(none.at("/error").asText()).isEqualTo("chatbotId: required in query or form");
    assertThat(two.at("/error").asText())
        .isEqualTo("chatbotId: the query and the form name different bots");
    assertThat(unknown.at("/error").asText()).isEqualTo("Chatbot not found");
  }

  @Test
  void rejectsIncompleteForm() throws IOException {
    // Given
    var id = SANDBOX.api().createBot("plain");
    var path = Api.bot(id) + "/update-avatar";

    // When
    var json = SANDBOX.api().patch(path, "{}");
    var broken = SANDBOX.api().brokenForm("PATCH", path);
    var text = SANDBOX.api().form("PATCH", path, Api.Part.file("avatar", "a.txt", "a"));

    // Then
    assertThat(List.of(json.status(), broken.status(), text.status()))
        .containsExactly(400, 400, 400);
    assertThat(json.at("/error").asText()).isEqualTo("Content-Type: must be multipart/form-data");
    assertThat(broken.at("/error").asText())
        .isEqualTo("body: is not a complete form, or is too large");
    assertThat(text.at("/error").asText())
        .isEqualTo("avatar: must be a file of type jpg, png, gif, webp or svg");
  }

  @Test
  void rejectsUpdateAndReplaceWithoutId() throws IOException {
    // Given
    var id = SANDBOX.api().createBot("plain");

    // When
    var update = SANDBOX.api().patch("/api/external/chatbots", "{\"name\": \"A\"}");
    var replace =
        SANDBOX
            .api()
            .form("PATCH", Api.bot(id) + "/knowledge-base", Api.Part.file("file", "a.md", "a"));
    var query = SANDBOX.api().post(Api.bot(id) + "/query-knowledge", "{}");

    // Then
    assertThat(update.at("/error").asText()).isEqualTo("id: required as a query parameter");
    assertThat(replace.at("/error").asText())
        .isEqualTo("documentId: required as a part of the form");
    assertThat(query.at("/error").asText()).isEqualTo("query: required");
  }
}
