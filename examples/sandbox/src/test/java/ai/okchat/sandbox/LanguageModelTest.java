package ai.okchat.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.sandbox.conversation.LanguageModelServer;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageModelTest {
  private static final String PASSAGE =
      "According to \"hours.md\":\n\n> Open on Saturday from 10 to 14.";

  @Test
  void modelGetsPromptPassagesAndConversation() throws IOException {
    // Given
    try (var model = ModelServer.saying("From ten to two.");
        var sandbox = start(model.url(), "tiny", "a-token")) {
      var api = new Api(sandbox.url(), sandbox.apiKey());
      var id = bot(api);

      // When
      var answer =
          api.post(
              Api.bot(id) + "/chat",
              """
              {"messages": [
                {"role": "user", "content": "Hello"},
                {"role": "assistant", "content": "Hello. What is it?"},
                {"role": "user", "content": "Open on Saturday?"}
              ]}
              """);

      // Then
      assertThat(answer.at("/output").asText()).isEqualTo("From ten to two.");
      assertThat(model.asked())
          .containsExactly(
              new ModelServer.Asked(
                  "POST /v1/chat/completions",
                  List.of("Bearer a-token"),
                  Api.json(
                      """
                      {
                        "model": "tiny",
                        "stream": false,
                        "temperature": 0,
                        "messages": [
                          {"role": "system", "content": "%s"},
                          {"role": "user", "content": "Hello"},
                          {"role": "assistant", "content": "Hello. What is it?"},
                          {"role": "user", "content": "Open on Saturday?"}
                        ]
                      }
                      """
                          .formatted(
                              "Be kind.\\n\\nAnswer from the passages below and from nothing"
                                  + " else, in the language of the question. Name the title of the"
                                  + " document that you used. Say so when the passages do not hold"
                                  + " the answer.\\n\\nTitle: hours.md\\nChunk: 1\\n\\nContent:"
                                  + "\\nOpen on Saturday from 10 to 14."))));
    }
  }

  @Test
  void callsModelOfBotWithoutTokenByDefault() throws IOException {
    // Given
    try (var model = ModelServer.saying("Yes.");
        var sandbox = start(model.url(), null, null)) {
      var api = new Api(sandbox.url(), sandbox.apiKey());
      var id = bot(api);

      // When
      ask(api, id);

      // Then
      var asked = model.asked().getFirst();
      assertThat(asked.authorization()).isEmpty();
      assertThat(asked.body().path("model").asText()).isEqualTo("gpt-4o");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "503 | busy | HTTP 503",
        "302 | elsewhere | HTTP 302",
        "200 | <html> | it sent no choices[0].message.content",
        "200 | {\"choices\": []} | it sent no choices[0].message.content"
      })
  void returnsPassageWithNoteWhenModelResponseIsInvalid(int status, String body, String why)
      throws IOException {
    // Given
    try (var model = ModelServer.answering(status, body);
        var sandbox = start(model.url(), null, null)) {
      var api = new Api(sandbox.url(), sandbox.apiKey());
      var id = bot(api);

      // When
      var answer = ask(api, id);

      // Then
      assertThat(answer).isEqualTo(PASSAGE + note(why));
    }
  }

  @Test
  void returnsPassageWithNoteWhenModelIsUnreachable() throws IOException {
    // Given
    URI gone;
    try (var model = ModelServer.saying("Yes.")) {
      gone = model.url();
    }
    try (var sandbox = start(gone, null, null)) {
      var api = new Api(sandbox.url(), sandbox.apiKey());
      var id = bot(api);

      // When
      var answer = ask(api, id);

      // Then
      assertThat(answer).isEqualTo(PASSAGE + note("it cannot be reached"));
    }
  }

  @Test
  void doesNotPrintKeyOfModel() {
    // When
    var printed =
        new LanguageModelServer(URI.create("http://models/v1"), null, "a-token").toString();

    // Then
    assertThat(printed).isEqualTo("LanguageModelServer[host=models]");
  }

  private static Sandbox start(URI url, @Nullable String model, @Nullable String key) {
    return Sandbox.start(
        SandboxOptions.defaults().withLanguageModel(new LanguageModelServer(url, model, key)));
  }

  private static String bot(Api api) throws IOException {
    var body =
        """
        {"name": "Talker", "slug": "talker", "settings": {"prompt": "Be kind.", "model": "gpt-4o"}}
        """;
    var id = api.post("/api/external/chatbots", body).at("/chatbot/id").asText();
    api.upload(id, "hours.md", "Open on Saturday from 10 to 14.");
    return id;
  }

  private static String ask(Api api, String botId) throws IOException {
    var body = "{\"messages\": [{\"role\": \"user\", \"content\": \"Open on Saturday?\"}]}";
    return api.post(Api.bot(botId) + "/chat", body).at("/output").asText();
  }

  private static String note(String why) {
    return "\n\n(The language model gave no answer: %s. This is what the search found.)"
        .formatted(why);
  }
}
