package ai.okchat.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.sandbox.http.Endpoint;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AccessTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  @ParameterizedTest
  @EnumSource(Endpoint.class)
  void everyEndpointRejectsAWrongKey(Endpoint endpoint) throws IOException {
    // Given
    var path = endpoint.path().replaceAll("\\{\\w+}", "some-id");

    // When
    var answer = SANDBOX.api().withKey("wrong").send(endpoint.method(), path, "{}");

    // Then
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.json())
        .isEqualTo(Api.json("{\"error\": \"x-api-key: missing or not a key of this service\"}"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Endpoint.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"LIST_CHATBOTS", "CREATE_CHATBOT"})
  void returns404ForBotOfAnotherOrganization(Endpoint endpoint) throws IOException {
    // Given
    var theirs = SANDBOX.api().withKey(RunningSandbox.OTHER_KEY).createBot("theirs");
    var path =
        endpoint.path().replace("{chatbotId}", theirs).replace("{sessionId}", "some-id")
            + "?id=%1$s&chatbotId=%1$s".formatted(theirs);

    // When
    var answer =
        endpoint == Endpoint.UPLOAD_KNOWLEDGE
            ? SANDBOX.api().form("POST", path, Api.Part.file("files", "a.md", "a"))
            : SANDBOX.api().send(endpoint.method(), path, "{}");

    // Then
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.json()).isEqualTo(Api.json("{\"error\": \"Chatbot not found\"}"));
  }

  @Test
  void rejectsPatchOfSingularPathAndDeleteOfPlural() throws IOException {
    // Given
    var id = SANDBOX.api().createBot("plain");

    // When
    var patch = SANDBOX.api().patch(Api.bot(id), "{\"name\": \"A\"}");
    var delete = SANDBOX.api().delete("/api/external/chatbots?id=" + id);

    // Then
    assertThat(patch.status()).isEqualTo(404);
    assertThat(delete.status()).isEqualTo(404);
    assertThat(SANDBOX.api().get(Api.bot(id)).status()).isEqualTo(200);
  }

  @Test
  void respondsToPreflightRequests() throws IOException {
    // When
    var answer = SANDBOX.api().send("OPTIONS", "/api/external/chatbots", "");

    // Then
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("Access-Control-Allow-Headers")).contains("Content-Type, x-api-key");
  }
}
