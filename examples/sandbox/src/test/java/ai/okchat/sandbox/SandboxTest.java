package ai.okchat.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxTest {
  private static final String BOTS = "/api/external/chatbots";

  @Test
  void restartKeepsBotsDocumentsConversationsAndAvatars(@TempDir Path folder) throws IOException {
    // Given
    var options = SandboxOptions.defaults().withDataDir(folder.resolve("data"));
    List<JsonNode> before;
    String id;
    try (var sandbox = Sandbox.start(options)) {
      var api = api(sandbox);
      id = api.createBot("lasting");
      api.upload(id, "umbrellas.md", "We sell umbrellas.");
      api.patch(Api.bot(id) + "/chat-widget", "{\"header\": \"h\"}");
      api.post(
          Api.bot(id) + "/chat",
          "{\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}], \"sessionToken\": \"t\"}");
      before = everything(api, id);
    }

    // When
    try (var sandbox = Sandbox.start(options)) {
      var after = everything(api(sandbox), id);

      // Then
      assertThat(after).isEqualTo(before);
      assertThat(after.getLast().at("/total_docs").asInt()).isEqualTo(1);
    }
  }

  @Test
  void keepsBotsOfOrganizationWhenItsKeyChanges(@TempDir Path folder) throws IOException {
    // Given
    var options = SandboxOptions.defaults().withDataDir(folder);
    String id;
    try (var sandbox = Sandbox.start(options.withApiKeys("old=acme"))) {
      id = api(sandbox).createBot("lasting");
    }

    // When
    try (var sandbox = Sandbox.start(options.withApiKeys("new=acme", "alone"))) {
      var api = api(sandbox);

      // Then
      assertThat(api.get(Api.bot(id)).status()).isEqualTo(200);
      assertThat(api.withKey("old").get(Api.bot(id)).status()).isEqualTo(401);
      assertThat(api.withKey("alone").get(Api.bot(id)).status()).isEqualTo(404);
    }
  }

  @Test
  void manyParallelCreatesAllSucceedWithDifferentIds() throws Exception {
    // Given
    try (var sandbox = Sandbox.start(SandboxOptions.defaults());
        var threads = Executors.newFixedThreadPool(50)) {
      var api = api(sandbox);
      List<Callable<String>> creates =
          IntStream.range(0, 1_000)
              .<Callable<String>>mapToObj(number -> () -> api.createBot("bot-" + number))
              .toList();

      // When
      var ids = threads.invokeAll(creates).stream().map(SandboxTest::result).toList();

      // Then
      assertThat(ids).doesNotContain("").doesNotHaveDuplicates().hasSize(1_000);
      assertThat(api.get(BOTS).at("/chatbots")).hasSize(1_000);
    }
  }

  @Test
  void oneOfParallelCreatesWithOneSlugSucceeds() throws Exception {
    // Given
    try (var sandbox = Sandbox.start(SandboxOptions.defaults());
        var threads = Executors.newFixedThreadPool(20)) {
      var api = api(sandbox);
      Callable<Integer> create =
          () -> api.post(BOTS, "{\"name\": \"A\", \"slug\": \"wanted\"}").status();

      // When
      var statuses =
          threads.invokeAll(Collections.nCopies(20, create)).stream()
              .map(SandboxTest::result)
              .toList();

      // Then
      assertThat(statuses).containsOnlyOnce(201).containsOnly(201, 409);
    }
  }

  @Test
  void respondsToRunningCallWhenTheSandboxStops() throws Exception {
    // Given
    var sandbox = Sandbox.start(SandboxOptions.defaults());
    var api = api(sandbox);
    api.post(
        "/sandbox/faults",
        "{\"endpoint\": \"create-chatbot\", \"kind\": \"delay\", \"delayMillis\": 300}");
    try (var threads = Executors.newSingleThreadExecutor()) {
      var underWay = threads.submit(() -> api.post(BOTS, "{\"name\": \"A\"}").status());
      await().until(() -> api.get("/sandbox/faults").at("/faults/0/seen").asInt() == 1);

      // When
      sandbox.close();

      // Then
      assertThat(underWay.get(10, TimeUnit.SECONDS)).isEqualTo(201);
    }
  }

  @Test
  void sandboxesInOneProcessDoNotShareAnything() throws IOException {
    // Given
    try (var one = Sandbox.start(SandboxOptions.defaults());
        var other = Sandbox.start(SandboxOptions.defaults().withSwitch("maxBots", 1))) {

      // When
      api(one).createBot("same");
      api(other).createBot("same");

      // Then
      assertThat(one.url()).isNotEqualTo(other.url());
      assertThat(api(one).post(BOTS, "{\"name\": \"B\"}").status()).isEqualTo(201);
      assertThat(api(other).post(BOTS, "{\"name\": \"B\"}").status()).isEqualTo(402);
    }
  }

  @Test
  void rejectsInvalidOptionsByName() {
    // Given
    var options = SandboxOptions.defaults();

    // Then
    assertThatThrownBy(() -> options.withPort(70_000)).hasMessage("port: must be from 0 to 65535");
    assertThatThrownBy(() -> options.withSwitch("maxBots", -1))
        .hasMessage("maxBots: must not be negative");
    assertThatThrownBy(() -> options.withApiKeys("key="))
        .hasMessage("an API key must be KEY or KEY=ORGANIZATION_NAME");
    assertThatThrownBy(options::withApiKeys).hasMessage("apiKeys: at least one is needed");
  }

  @Test
  void doesNotPrintKey() {
    // Given
    var options = SandboxOptions.defaults().withApiKeys("very-secret=acme", "another-secret");

    // When
    var printed = options.toString();

    // Then
    assertThat(printed).contains("acme").doesNotContain("secret");
  }

  private static Api api(Sandbox sandbox) {
    return new Api(sandbox.url(), sandbox.apiKey());
  }

  private static List<JsonNode> everything(Api api, String id) throws IOException {
    var session = api.get(Api.bot(id) + "/conversations").at("/data/0/id").asText();
    return List.of(
        api.get(BOTS).json(),
        api.get(Api.bot(id)).json(),
        api.get("/sandbox/chatbots/" + id).json(),
        api.get(Api.bot(id) + "/knowledge-base").json(),
        api.get(Api.bot(id) + "/conversations").json(),
        api.get(Api.bot(id) + "/conversations/" + session + "/messages").json(),
        KnowledgeEndpointsTest.query(api, id, "umbrellas"));
  }

  private static <T> T result(Future<T> future) {
    return future.resultNow();
  }
}
