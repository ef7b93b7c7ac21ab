package ai.okchat.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private static final String BOTS = "/api/external/chatbots";
  private static final String NEW_BOT = "{\"name\": \"A\", \"slug\": \"a\"}";

  @Test
  void returnsStatusWithHeadersWithoutAnyChange() throws IOException {
    // Given
    fault(
        """
        {"endpoint": "create-chatbot", "kind": "status", "status": 503, "body": "{\\"error\\": \\"busy\\"}",
         "headers": {"Retry-After": "7"}, "times": 1}
        """);

    // When
    var hit = SANDBOX.api().post(BOTS, NEW_BOT);

    // Then
    assertThat(hit.status()).isEqualTo(503);
    assertThat(hit.json()).isEqualTo(Api.json("{\"error\": \"busy\"}"));
    assertThat(hit.header("Retry-After")).contains("7");
    assertThat(SANDBOX.api().get(BOTS).at("/chatbots")).isEmpty();
    assertThat(SANDBOX.api().post(BOTS, NEW_BOT).status()).isEqualTo(201);
  }

  @Test
  void delaysTheUsualResponse() throws IOException {
    // Given
    fault("{\"endpoint\": \"*\", \"kind\": \"delay\", \"delayMillis\": 150, \"times\": 1}");
    var start = Instant.now();

    // When
    var hit = SANDBOX.api().post(BOTS, NEW_BOT);

    // Then
    assertThat(hit.status()).isEqualTo(201);
    assertThat(Duration.between(start, Instant.now())).isGreaterThan(Duration.ofMillis(140));
  }

  @ParameterizedTest
  @CsvSource({"cut-before, 0, 0", "cut-after, 201, 1"})
  void cutClosesConnectionBeforeOrAfterTheCommit(String kind, int status, int bots)
      throws IOException {
    // Given
    fault("{\"endpoint\": \"create-chatbot\", \"kind\": \"%s\", \"times\": 1}".formatted(kind));

    // When
    assertThatThrownBy(() -> SANDBOX.api().post(BOTS, NEW_BOT)).isInstanceOf(IOException.class);

    // Then
    var call = SANDBOX.api().get("/sandbox/journal?endpoint=create-chatbot").at("/calls/0");
    assertThat(call.get("status").asInt()).isEqualTo(status);
    assertThat(call.get("fault").asText()).isEqualTo(kind);
    assertThat(SANDBOX.api().get(BOTS).at("/chatbots")).hasSize(bots);
  }

  @Test
  void truncatesResponseAfterTheCommit() throws IOException {
    // Given
    fault("{\"endpoint\": \"create-chatbot\", \"kind\": \"truncate\", \"times\": 1}");

    // When
    assertThatThrownBy(() -> SANDBOX.api().post(BOTS, NEW_BOT)).isInstanceOf(IOException.class);

    // Then
    assertThat(SANDBOX.api().get(BOTS).at("/chatbots")).hasSize(1);
  }

  @Test
  void truncatesStreamedResponse() throws IOException {
    // Given
    var id = SANDBOX.api().createBot("talker");
    fault("{\"endpoint\": \"chat\", \"kind\": \"truncate\"}");
    var body = "{\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}";

    // When
    assertThatThrownBy(() -> SANDBOX.api().post(Api.bot(id) + "/chat?stream=true", body))
        .isInstanceOf(IOException.class);

    // Then
    assertThat(SANDBOX.api().get(Api.bot(id) + "/conversations").at("/data")).hasSize(1);
  }

  @Test
  void garbageIs200AndNotJson() throws IOException {
    // Given
    fault("{\"endpoint\": \"list-chatbots\", \"kind\": \"garbage\"}");

    // When
    var hit = SANDBOX.api().get(BOTS);

    // Then
    assertThat(hit.status()).isEqualTo(200);
    assertThat(hit.header("Content-Type")).contains("application/json");
    assertThatThrownBy(hit::json).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"'', 200", "', \"status\": 404', 404"})
  void htmlIsAWebPageWithAnyStatus(String statusField, int status) throws IOException {
    // Given
    fault("{\"endpoint\": \"get-chatbot\", \"kind\": \"html\"%s}".formatted(statusField));

    // When
    var hit = SANDBOX.api().get(Api.bot("any"));

    // Then
    assertThat(hit.status()).isEqualTo(status);
    assertThat(hit.header("Content-Type")).contains("text/html;charset=utf-8");
    assertThat(hit.body()).startsWith("<!DOCTYPE html>");
  }

  @Test
  void emptyListKeepsFormatOfTheResponse() throws IOException {
    // Given
    var api = SANDBOX.api();
    var id = api.createBot("reader");
    api.upload(id, "hours.md", "Open at nine.");
    api.put("/sandbox/switches", "{\"knowledgeListShape\": \"data-paged\"}");
    fault("{\"endpoint\": \"*\", \"kind\": \"empty-list\"}");

    // When
    var bots = api.get(BOTS);
    var documents = api.get(Api.bot(id) + "/knowledge-base");
    var details = api.get(Api.bot(id));

    // Then
    assertThat(bots.json()).isEqualTo(Api.json("{\"chatbots\": []}"));
    assertThat(documents.json())
        .isEqualTo(
            Api.json(
                """
                {"data": [],
                 "metadata": {"currentPage": 1, "pageSize": 10, "totalCount": 0, "totalPages": 0}}
                """));
    assertThat(details.at("/chatbot/id").asText()).isEqualTo(id);
  }

  @Test
  void appliesFaultAfterSkippedCallsAndCountsIt() throws IOException {
    // Given
    fault(
        """
        {"endpoint": "list-chatbots", "kind": "status", "status": 500, "skip": 1, "times": 2}
        """);

    // When
    var statuses = new ArrayList<Integer>();
    for (var call = 0; call < 4; call++) {
      statuses.add(SANDBOX.api().get(BOTS).status());
    }

    // Then
    var standing = SANDBOX.api().get("/sandbox/faults").at("/faults/0");
    assertThat(statuses).containsExactly(200, 500, 500, 200);
    assertThat(standing.get("seen").asInt()).isEqualTo(4);
    assertThat(standing.get("fired").asInt()).isEqualTo(2);
  }

  @Test
  void doesNotApplyClearedFaults() throws IOException {
    // Given
    fault("{\"endpoint\": \"*\", \"kind\": \"status\", \"status\": 500}");
    var one = fault("{\"endpoint\": \"*\", \"kind\": \"cut-before\"}");

    // When
    var removed = SANDBOX.api().delete("/sandbox/faults/" + one);
    var removedAgain = SANDBOX.api().delete("/sandbox/faults/" + one);
    var cleared = SANDBOX.api().delete("/sandbox/faults");

    // Then
    assertThat(List.of(removed.status(), removedAgain.status(), cleared.status()))
        .containsExactly(204, 404, 204);
    assertThat(SANDBOX.api().get(BOTS).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "endpoint | {\"endpoint\": \"make-tea\", \"kind\": \"html\"}",
        "endpoint | {\"kind\": \"html\"}",
        "endpoint | {\"endpoint\": \"create-chatbot\", \"kind\": \"empty-list\"}",
        "kind | {\"endpoint\": \"*\", \"kind\": \"explode\"}",
        "status | {\"endpoint\": \"*\", \"kind\": \"status\"}",
        "status | {\"endpoint\": \"*\", \"kind\": \"status\", \"status\": 99}",
        "delayMillis | {\"endpoint\": \"*\", \"kind\": \"delay\"}",
        "headers.A | {\"endpoint\": \"*\", \"kind\": \"html\", \"headers\": {\"A\": []}}",
        "time | {\"endpoint\": \"*\", \"kind\": \"html\", \"time\": 1}"
      })
  void rejectsFaultNamingTheInvalidField(String fieldAndBody) throws IOException {
    // Given
    var parts = fieldAndBody.split(" \\| ", 2);

    // When
    var answer = SANDBOX.api().post("/sandbox/faults", parts[1]);

    // Then
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.at("/error").asText()).startsWith(parts[0] + ": ");
  }

  private static String fault(String json) throws IOException {
    var answer = SANDBOX.api().post("/sandbox/faults", json);
    assertThat(answer.status()).isEqualTo(201);
    return answer.at("/id").asText();
  }
}
