package ai.okchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.client.ApiKey;
import ai.okchat.client.Bot;
import ai.okchat.client.CallObserver;
import ai.okchat.client.Endpoint;
import ai.okchat.client.OkChatClient;
import ai.okchat.client.Upload;
import ai.okchat.sandbox.Sandbox;
import ai.okchat.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The import of an account without a cluster. */
class ImportCommandTest {
  private static final String KEY = "key-PLANTED-SECRET";

  private final Sandbox sandbox =
      Sandbox.start(SandboxOptions.defaults().withApiKeys(KEY + "=ours"));
  private final OkHttpClient http = new OkHttpClient();
  private final OkChatClient client =
      new OkChatClient(
          http,
          new Endpoint(HttpUrl.get(sandbox.url()), ApiKey.of(KEY), Duration.ofSeconds(30)),
          CallObserver.NONE);

  @TempDir private Path folder = Path.of("");

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void writesAFileForEachBot() throws IOException {
    // Given
    var support = create("support");
    create("sales");
    client.uploadKnowledge(
        support.id(),
        List.of(
            Upload.of("hours.md", "text/markdown", "At ten.".getBytes(StandardCharsets.UTF_8))));

    // When
    var run = run("--all");

    // Then
    assertThat(run)
        .isEqualTo(
            new PluginRun(
                ExitCode.YES,
                """
                %1$s/support.yaml: Chatbot/support
                %1$s/sales.yaml: Chatbot/sales
                """
                    .formatted(bots()),
                """
                Wrote the manifests of 2 of 2 bots.
                Next steps:
                  kubectl okchat diff -f %1$s
                  kubectl apply --server-side -f %1$s
                """
                    .formatted(bots())));
    assertThat(files()).containsExactly("sales.yaml", "support.yaml");
    assertThat(Files.readString(bots().resolve("support.yaml")))
        .contains("  slug: support\n", "# The bot has 1 documents", "# - hours.md\n");
    assertThat(Files.readString(bots().resolve("sales.yaml"))).doesNotContain("KnowledgeSource");
  }

  @Test
  void writesTheNamedBotsOnceAndNamesThoseThatDoNotExist() throws IOException {
    // Given
    var support = create("support");
    create("sales");

    // When
    var run = run(support.id(), "00000000-0000-4000-8000-000000000000", support.id());

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run.err())
        .startsWith(
            """
            The bot 00000000-0000-4000-8000-000000000000 is left out: it does not exist.
            Wrote the manifests of 1 of 2 bots.
            """);
    assertThat(files()).containsExactly("support.yaml");
  }

  @Test
  void isNoIfTheAccountIsEmpty() {
    // When
    var run = run("--all");

    // Then
    assertThat(run).isEqualTo(new PluginRun(ExitCode.NO, "", "The account has no bots.\n"));
    assertThat(bots()).doesNotExist();
  }

  @Test
  void replacesAFileOnlyWithForce() throws IOException {
    // Given
    var bot = create("support");
    Files.createDirectories(bots());
    var outside = Files.writeString(folder.resolve("outside"), "mine");
    var file = Files.createSymbolicLink(bots().resolve("support.yaml"), outside);

    // When
    var kept = run("--all");
    var content = Files.readString(file);
    var replaced = run("--all", "--force");

    // Then
    assertThat(kept)
        .isEqualTo(
            new PluginRun(
                ExitCode.NO,
                "",
                """
                The bot %s is left out: its file exists. Replace it with --force.
                Wrote the manifests of 0 of 1 bots.
                """
                    .formatted(bot.id())));
    assertThat(content).isEqualTo("mine");
    assertThat(replaced.exitCode()).isEqualTo(ExitCode.YES);
    assertThat(file).isRegularFile().content().contains("slug: support");
    assertThat(outside).hasContent("mine");
    assertThat(files()).containsExactly("support.yaml");
  }

  @ParameterizedTest
  @CsvSource({"../../escaped", "a/b", "Upper", "a--b", "한국어", "''"})
  void neverWritesOutsideOfTheFolder(String slug) throws IOException {
    // Given
    var bot = create("support");
    control(
        "PATCH", "/sandbox/chatbots/" + bot.id(), JsonText.object().put("slug", slug).toString());

    // When
    var run = run("--all");

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("The bot " + bot.id() + " is left out: no Chatbot can have");
    assertThat(files()).isEmpty();
    try (var all = Files.list(folder)) {
      assertThat(all).containsExactly(bots());
    }
  }

  @Test
  void namesTheFieldsThatAreLeftOut() throws IOException {
    // Given
    var bot = create("support");
    control(
        "PATCH",
        "/sandbox/chatbots/" + bot.id(),
        "{\"settings\": {\"snippet\": {\"primaryColor\": \"red\"}}, \"name\": \"%s\"}"
            .formatted("\\u001b[31m" + "x".repeat(300)));

    // When
    var run = run(bot.id());

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.YES);
    assertThat(run.err())
        .startsWith(
            """
            support.yaml: name has 305 characters, and the limit is 256.
            support.yaml: snippet.primaryColor is not a colour as #RGB or #RRGGBB.
            support.yaml: ignoreFields keeps these fields of the bot as they are: name. A spec has to have them.
            """);
    assertThat(Files.readString(bots().resolve("support.yaml")))
        .contains("# - snippet.primaryColor is not a colour as #RGB or #RRGGBB.\n")
        .doesNotContain("red", "\u001b");
  }

  @Test
  void waitsWhileTheAccountIsThrottled() throws IOException {
    // Given
    create("support");
    control(
        "POST",
        "/sandbox/faults",
        """
        {"endpoint": "get-chatbot", "kind": "status", "status": 429, "times": 1,
         "body": "{\\"error\\": \\"slow down\\"}", "headers": {"Retry-After": "1"}}
        """);

    // When
    var run = run("--all");

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.YES);
    assertThat(run.err()).startsWith("The backend throttles the account. Waiting 1s.\n");
  }

  @Test
  void saysThatTheDocumentsCannotBeListed() throws IOException {
    // Given
    create("support");
    control("PUT", "/sandbox/switches", "{\"knowledgeListShape\": \"placeholder\"}");

    // When
    var run = run("--all");

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.YES);
    assertThat(Files.readString(bots().resolve("support.yaml")))
        .contains("# The documents of the bot cannot be listed.\n");
  }

  @Test
  void neverPrintsTheKey() {
    // When
    var rejected =
        PluginRun.Given.nothing().with("OKCHAT_API_KEY", KEY + "-other").run(arguments("--all"));

    // Then
    assertThat(rejected.exitCode()).isEqualTo(ExitCode.UNKNOWN);
    assertThat(rejected.err())
        .contains("Write a valid API key to the Secret of the backend, or set OKCHAT_API_KEY.")
        .doesNotContain("PLANTED");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "import -o bots | Use either --all or the IDs of bots.",
        "import --all one -o bots | Use either --all or the IDs of bots.",
        "import --all | Missing required option: '-o=DIR'",
        "import --all -o bots --url http://a.example | --url has to be an https link",
        "import --all -o bots --url ftp://a.example --allow-insecure | --url has to be an https"
            + " link",
        "import --all -o bots --url http://a.example --allow-insecure | --url needs the API key of"
            + " the account in the variable OKCHAT_API_KEY.",
        "import --all -o bots --url https://a.example --key-env KEY | the variable KEY.",
        "import --all -o bots --url https://a.example | --url needs the API key of the account in"
            + " the variable OKCHAT_API_KEY.",
        "import --all -o bots --backend UPPER --url https://a.example | is not the name of an"
            + " object"
      })
  void namesWrongUsage(String arguments, String message) {
    // When
    var run = PluginRun.Given.nothing().run(arguments.split(" ", -1));

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.UNKNOWN);
    assertThat(run.err()).startsWith("error: ").contains(message);
    assertThat(run.out()).isEmpty();
  }

  private PluginRun run(String... more) {
    return PluginRun.Given.nothing().with("OKCHAT_API_KEY", KEY).run(arguments(more));
  }

  private String[] arguments(String... more) {
    var arguments = new ArrayList<>(List.of("import", "-o", bots().toString()));
    arguments.addAll(List.of("--url", sandbox.url()));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  private Path bots() {
    return folder.resolve("bots");
  }

  private List<String> files() throws IOException {
    try (var files = Files.list(bots())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private Bot create(String slug) {
    var body = JsonText.object().put("name", "Bot " + slug).put("slug", slug);
    body.putObject("settings").put("prompt", "You help.");
    return client.createChatbot(body);
  }

  private void control(String method, String path, String body) throws IOException {
    var request =
        new Request.Builder()
            .url(sandbox.url() + path)
            .method(method, RequestBody.create(body, MediaType.get("application/json")))
            .build();
    try (var response = http.newCall(request).execute()) {
      assertThat(response.isSuccessful()).as(response.peekBody(1000).string()).isTrue();
    }
  }
}
