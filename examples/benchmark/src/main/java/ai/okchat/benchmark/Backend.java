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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Runs the sandbox as a process, and sends requests to it as a bare client. */
final class Backend implements AutoCloseable {

  /** API key of the account of the operator. */
  static final String KEY = "benchmark-key";

  /** API key of the account of the Go controller. */
  static final String GO_KEY = "go-key";

  /** API key of another account, so that the operator does not list the bots of a bare client. */
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

  /** One request: its time, its endpoint and its body. */
  record Call(Instant at, String endpoint, JsonNode body) {}

  /**
   * @param runs of the operator, each of which has an account of its own
   */
  static Backend start(List<String> java, Path log, int runs) {
    var command = new ArrayList<>(java);
    command.addAll(List.of("--port", "0"));
    Stream.concat(
            Stream.of(KEY + "=ours", GO_KEY + "=go", BARE_KEY + "=bare"),
            IntStream.range(1, runs).mapToObj(run -> keyOf(run) + "=run-" + run))
        .forEach(key -> command.addAll(List.of("--api-key", key)));
    var program = Program.start(command, Map.of(), log);
    Wait.until("the sandbox", () -> ADDRESS.matcher(program.output()).find());
    var address = ADDRESS.matcher(program.output()).results().findFirst().orElseThrow().group(1);
    var client =
        new OkHttpClient.Builder()
            .readTimeout(Duration.ofMinutes(2))
            .addNetworkInterceptor(Backend::withoutDelay)
            .build();
    return new Backend(
        program,
        new Http(client, address, new Http.Header("x-api-key", BARE_KEY)),
        new Http(client, address, new Http.Header("x-api-key", KEY)));
  }

  /** Returns the API key of the operator in a run before the last one, which uses {@link #KEY}. */
  static String keyOf(int run) {
    return KEY + "-" + run;
  }

  /** Sets TCP_NODELAY. Without it, an upload takes 40 ms: its last write waits for an ACK. */
  private static Response withoutDelay(Interceptor.Chain chain) throws IOException {
    chain.connection().socket().setTcpNoDelay(true);
    return chain.proceed(chain.request());
  }

  String url() {
    return http.base();
  }

  /** Creates a bot in the account of the bare client and returns its ID. */
  String create(String name) {
    return create(http, name, Manifests.PROMPT);
  }

  /** Creates a bot in the account of the operator and returns its ID. */
  String createInAccount(String name, String prompt) {
    return create(account, name, prompt);
  }

  private static String create(Http http, String name, String prompt) {
    var bot = "{\"name\":\"%s\",\"settings\":{\"prompt\":\"%s\"}}".formatted(name, prompt);
    return parsed(http.send("POST", "/api/external/chatbots", body(bot)))
        .at("/chatbot/id")
        .asText();
  }

  /** Warms up the JVM of the sandbox. */
  void warmUp(int bots) {
    for (var number = 1; number <= bots; number++) {
      upload(create("warm-up"), "warm-up.md", Manifests.PROMPT);
    }
    http.get("/api/external/chatbots");
    calls();
  }

  /** Sends the minimum requests of an edit: one read and one write. */
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
            call ->
                new Call(
                    Instant.parse(call.path("at").asText()),
                    call.path("endpoint").asText(),
                    call.path("body")))
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
