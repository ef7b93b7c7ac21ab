package ai.okchat.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JournalTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  @Test
  void recordsCallWithItsBody() throws IOException {
    // Given
    var body = "{\"name\": \"A\", \"slug\": \"a\"}";

    // When
    SANDBOX.api().post("/api/external/chatbots?extra=1", body);

    // Then
    var call = (ObjectNode) SANDBOX.api().get("/sandbox/journal").at("/calls/0");
    assertThat(call.remove("at").asText()).endsWith("+00:00");
    assertThat(call.remove("seq").asLong()).isPositive();
    assertThat(call)
        .isEqualTo(
            Api.json(
                """
                {
                  "body": {"name": "A", "slug": "a"}, "chatbotId": null,
                  "endpoint": "create-chatbot", "fault": null, "method": "POST",
                  "organization": "acme", "path": "/api/external/chatbots", "query": "extra=1",
                  "requestBytes": 26, "status": 201
                }
                """));
  }

  @Test
  void filtersCallsByEndpointAndSequence() throws IOException {
    // Given
    var id = SANDBOX.api().createBot("a");
    SANDBOX.api().get("/api/external/chatbots");
    SANDBOX.api().patch("/api/external/chatbots?id=" + id, "{\"name\": \"B\"}");
    var all = SANDBOX.api().get("/sandbox/journal").at("/calls");

    // When
    var lists = SANDBOX.api().get("/sandbox/journal?endpoint=list-chatbots").at("/calls");
    var later = SANDBOX.api().get("/sandbox/journal?since=" + all.get(0).get("seq")).at("/calls");

    // Then
    assertThat(all.findValuesAsText("endpoint"))
        .containsExactly("create-chatbot", "list-chatbots", "update-chatbot");
    assertThat(all.get(2).get("chatbotId").asText()).isEqualTo(id);
    assertThat(lists).hasSize(1);
    assertThat(later.findValuesAsText("endpoint"))
        .containsExactly("list-chatbots", "update-chatbot");
  }

  @Test
  void recordsRejectedAndUnknownCalls() throws IOException {
    // When
    SANDBOX.api().withKey("wrong").get("/api/external/chatbots");
    SANDBOX.api().patch("/api/external/chatbot/some-id", "{}");

    // Then
    var calls = SANDBOX.api().get("/sandbox/journal").at("/calls");
    assertThat(calls.get(0).get("status").asInt()).isEqualTo(401);
    assertThat(calls.get(0).get("organization").isNull()).isTrue();
    assertThat(calls.get(1).get("status").asInt()).isEqualTo(404);
    assertThat(calls.get(1).get("endpoint").isNull()).isTrue();
  }

  @Test
  void recordsSizeOfUploadWithoutContent() throws IOException {
    // Given
    var id = SANDBOX.api().createBot("a");

    // When
    SANDBOX.api().upload(id, "hours.md", "# Hours");

    // Then
    var call = SANDBOX.api().get("/sandbox/journal?endpoint=upload-knowledge").at("/calls/0");
    assertThat(call.get("chatbotId").asText()).isEqualTo(id);
    assertThat(call.get("requestBytes").asInt()).isGreaterThan(100);
    assertThat(call.get("body").isNull()).isTrue();
  }

  @Test
  void continuesSequenceAfterClear() throws IOException {
    // Given
    SANDBOX.api().get("/api/external/chatbots");
    var before = SANDBOX.api().get("/sandbox/journal").at("/calls/0/seq").asLong();

    // When
    SANDBOX.api().delete("/sandbox/journal");
    SANDBOX.api().get("/api/external/chatbots");

    // Then
    var calls = SANDBOX.api().get("/sandbox/journal").at("/calls");
    assertThat(calls).hasSize(1);
    assertThat(calls.get(0).get("seq").asLong()).isEqualTo(before + 1);
  }
}
