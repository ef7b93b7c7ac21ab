package ai.okchat.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okhttp3.Response;

/** The sandbox, as a process of its own, and as a bare client uses it. */
final class Backend implements AutoCloseable {

  /** Of the account that the operator works in. */
  static final String KEY = "benchmark-key";

  /** Of another account, so that what a bare client makes is nothing to the operator. */
  private static final String BARE_KEY = "bare-key";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final MediaType JSON_TYPE = MediaType.get("application/json");
  private static final MediaType TEXT = MediaType.get("text/markdown");
  private static final Pattern ADDRESS = Pattern.compile("listening on (\\S+)");

  private final Program program;
  private final Http http;
  private final Http account;

  /**
   * @param http with the key of the bare client
   * @param account with the key of the operator
   */
  private Backend(Program program, Http http, Http account) {
    this.program = program;
    this.http = http;
    this.account = account;
  }

  /** One call: when it came, what it was, and what it sent. */
  record Call(Instant at, String endpoint, JsonNode body) {}

  static Backend start(List<String> java, Path log) {
    var command = new ArrayList<>(java);
    command.addAll(
        List.of("--port", "0", "--api-key", KEY + "=ours", "--api-key", BARE_KEY + "=bare"));
    var program = Program.start(command, Map.of(), log);
    Wait.until("the sandbox", () -> ADDRESS.matcher(program.output()).find());
    var address = ADDRESS.matcher(program.output()).results().findFirst().orElseThrow().group(1);
    var client =
        new OkHttpClient.Builder()
            .readTimeout(Duration.ofMinutes(2))
            .addNetworkInterceptor(Backend::promptly)
            .build();
    return new Backend(
        program,
        new Http(client, address, new Http.Header("x-api-key", BARE_KEY)),
        new Http(client, address, new Http.Header("x-api-key", KEY)));
  }

  /** Without this, an upload takes 40 ms: what is written last waits for an acknowledgement. */
  private static Response promptly(Interceptor.Chain chain) throws IOException {
    chain.connection().socket().setTcpNoDelay(true);
    return chain.proceed(chain.request());
  }

  String url() {
    return http.base();
  }

  /** The id of the new bot. */
  String create(String name) {
    return create(http, name, Manifests.PROMPT);
  }

  /** A bot in the account that the operator works in; returns its id. */
  String createInAccount(String name, String prompt) {
    return create(account, name, prompt);
  }

  private static String create(Http http, String name, String prompt) {
    var bot = "{\"name\":\"%s\",\"settings\":{\"prompt\":\"%s\"}}".formatted(name, prompt);
    return parsed(http.send("POST", "/api/external/chatbots", body(bot)))
        .at("/chatbot/id")
        .asText();
  }

  /** As a backend that has been running for long. */
  void warmUp(int bots) {
    for (var number = 1; number <= bots; number++) {
      upload(create("warm-up"), "warm-up.md", Manifests.PROMPT);
    }
    http.get("/api/external/chatbots");
    calls();
  }

  /** What an edit costs at least: one read and one write. */
  void edit(String id, String greeting) {
    http.get("/api/external/chatbot/" + id);
    http.send(
        "PATCH",
        "/api/external/chatbots?id=" + id,
        body("{\"settings\":{\"greeting\":\"%s\"}}".formatted(greeting)));
  }

  void upload(String id, String title, String text) {
    var content = RequestBody.create(text.getBytes(StandardCharsets.UTF_8), TEXT);
    http.send(
        "POST",
        "/api/embedfiles?chatbotId=" + id,
        new MultipartBody.Builder()
            .setType(MultipartBody.FORM)
            .addFormDataPart("chatbotId", id)
            .addFormDataPart("files", title, content)
            .build());
  }

  void forgetCalls() {
    http.send("DELETE", "/sandbox/journal", null);
  }

  List<Call> calls() {
    return calls("");
  }

  List<Call> calls(String endpoint) {
    var filter = endpoint.isEmpty() ? "" : "?endpoint=" + endpoint;
    var calls = parsed(http.get("/sandbox/journal" + filter)).path("calls");
    return StreamSupport.stream(calls.spliterator(), false)
        .map(
            it ->
                new Call(
                    Instant.parse(it.path("at").asText()),
                    it.path("endpoint").asText(),
                    it.path("body")))
        .toList();
  }

  @Override
  public void close() {
    program.close();
  }

  private static RequestBody body(String text) {
    return RequestBody.create(text, JSON_TYPE);
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
