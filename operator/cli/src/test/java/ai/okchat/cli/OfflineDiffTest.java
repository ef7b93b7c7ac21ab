package ai.okchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.client.Bot;
import ai.okchat.sandbox.Sandbox;
import ai.okchat.sandbox.SandboxOptions;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code diff --offline} against the sandbox, without a cluster. */
class OfflineDiffTest {
  private final String slug = "offline-" + UUID.randomUUID().toString().substring(0, 8);

  private static PluginRun run(String manifests, String... more) {
    var arguments =
        new ArrayList<>(
            List.of("diff", "-f", "-", "--offline", "--url", TestBot.url(), "--key-env", "KEY"));
    arguments.addAll(List.of(more));
    return PluginRun.Given.nothing()
        .with("KEY", TestBot.apiKey())
        .typed(manifests)
        .run(arguments.toArray(String[]::new));
  }

  private Bot bot(String settings) {
    var body = JsonText.object().put("name", "Support").put("slug", slug);
    try {
      body.set("settings", JsonText.MAPPER.readValue(settings, ObjectNode.class));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return TestBot.account().createChatbot(body);
  }

  private String manifest(String spec) {
    return """
    apiVersion: okchat.ai/v1alpha1
    kind: Chatbot
    metadata: {name: support}
    spec: {slug: %s, name: Support, %s}
    """
        .formatted(slug, spec);
  }

  @Test
  void findsNoDifferenceAndSendsNothing() {
    // Given
    var bot = bot("{\"prompt\": \"You help.\", \"greeting\": \"Hello\"}");

    // When
    var run = run(manifest("prompt: You help., greeting: Hello"));

    // Then
    assertThat(run)
        .isEqualTo(
            new PluginRun(ExitCode.YES, "Chatbot/support: no difference\n", "No difference.\n"));
    assertThat(TestBot.account().getChatbot(bot.id())).contains(bot);
  }

  @Test
  void showsChangedFieldsAndLines() {
    // Given
    bot("{\"prompt\": \"You help.\\nBe brief.\", \"greeting\": \"\\u001b[31mHello\"}");

    // When
    var run =
        run(
            manifest(
                "prompt: \"You help.\\nBe kind.\", greeting: Hello, voiceAgent: {voice: alloy}"));

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run.out())
        .isEqualTo(
            """
            Chatbot/support: update, 2 requests
              ~ settings.greeting: ^[[31mHello -> Hello
              ~ settings.prompt:
                   You help.
                  -Be brief.
                  +Be kind.
              + voice_widget_config.voice: alloy
            """);
    assertThat(run.err()).isEqualTo("1 of 1 objects differ: 2 requests.\n");
  }

  @Test
  void showsAllFieldsOfANewBot() {
    // When
    var run = run(manifest("prompt: You help., chatWidget: {name: Shop}"));

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run.out())
        .isEqualTo(
            """
            Chatbot/support: create, 2 requests
              + name: Support
              + settings.prompt: You help.
              + slug: %s
              + chat_widget_config: {"name":"Shop"}
            """
                .formatted(slug));
  }

  @Test
  void saysWhatOnlyAStatusRecords() {
    // Given
    bot("{\"prompt\": \"You help.\"}");

    // When
    var run = run(manifest("prompt: You help., chatWidget: {name: Shop}"));

    // Then
    assertThat(run)
        .isEqualTo(
            new PluginRun(
                ExitCode.YES,
                """
                Chatbot/support: no difference
                  note: Not compared: chat_widget_config. Only the status of the object in a cluster records what was sent.
                """,
                "No difference.\n"));
  }

  @Test
  void readsThePromptFromAConfigMapOfTheManifests() {
    // Given
    bot("{\"prompt\": \"You help.\"}");

    // When
    var run =
        run(
            manifest("promptFrom: {configMapKeyRef: {name: prompts, key: support}}")
                + "---\n"
                + "{apiVersion: v1, kind: ConfigMap, metadata: {name: prompts},"
                + " data: {support: You sell.}}");

    // Then
    assertThat(run.out())
        .isEqualTo(
            """
            Chatbot/support: update, 1 request
              ~ settings.prompt: You help. -> You sell.
            """);
  }

  @ParameterizedTest
  @CsvSource({"no picture, text", "'<!doctype html><p>Sign in', a web page", "'', empty"})
  void rejectsAnAvatarThatIsNoPicture(String value, String description) {
    // Given
    bot("{\"prompt\": \"You help.\"}");

    // When
    var run = run(withAvatar(value, ""));

    // Then
    assertThat(run)
        .isEqualTo(
            new PluginRun(
                ExitCode.UNKNOWN,
                "",
                """
                error: Chatbot/support (standard input, document 1): The key a.png of the ConfigMap pictures, which spec.avatar names, is no picture: the value is %s. Store the bytes of a picture in binaryData, as kubectl create configmap --from-file does.
                Objects that could not be compared: 1.
                """
                    .formatted(description)));
  }

  @Test
  void acceptsAnAvatarThatTheOperatorIgnores() {
    // Given
    bot("{\"prompt\": \"You help.\"}");

    // When
    var run = run(withAvatar("no picture", ", ignoreFields: [settings.avatar]"));

    // Then
    assertThat(run)
        .isEqualTo(
            new PluginRun(ExitCode.YES, "Chatbot/support: no difference\n", "No difference.\n"));
  }

  private String withAvatar(String value, String more) {
    return manifest(
            "prompt: You help., avatar: {configMapKeyRef: {name: pictures, key: a.png}}" + more)
        + """
        ---
        {apiVersion: v1, kind: ConfigMap, metadata: {name: pictures}, data: {a.png: '%s'}}
        """
            .formatted(value);
  }

  @Test
  void writesMarkdownThatNoValueCanBreak() {
    // Given
    bot("{\"prompt\": \"```\\nYou help.\", \"greeting\": \"a | b `c` @team\"}");

    // When
    var run = run(manifest("prompt: \"```\\nYou sell.\", greeting: '<b>Hi</b>'"), "-o", "markdown");

    // Then
    Golden.check("diff-markdown", run.transcript());
  }

  @Test
  void writesJson() {
    // Given
    bot("{\"prompt\": \"You help.\\nBe brief.\", \"greeting\": \"Hello\"}");

    // When
    var run = run(manifest("prompt: \"You help.\\nBe kind.\", greeting: Hi"), "-o", "json");

    // Then
    Golden.check("diff-json", run.transcript());
  }

  @Test
  void showsUploadsOfAnInlineSource() {
    // Given
    bot("{\"prompt\": \"You help.\"}");

    // When
    var run =
        run(
            manifest("prompt: You help.")
                + """
                ---
                apiVersion: okchat.ai/v1alpha1
                kind: KnowledgeSource
                metadata: {name: faq}
                spec: {chatbotRef: {name: support}, documents: [{name: hours, text: We are open.}]}
                """,
            "--namespace",
            "shop");

    // Then
    assertThat(run.out())
        .isEqualTo(
            """
            Chatbot/support: no difference
            KnowledgeSource/faq: update, 1 request
              + upload hours (12 bytes)
            """);
  }

  @ParameterizedTest
  @CsvSource({"'', nothing is sent", "true, nothing is sent", "false, 'update, 1 request'"})
  void sendsNothingInADryRun(String value, String action) {
    // Given
    bot("{\"prompt\": \"You help.\"}");

    // When
    var run =
        run(
            manifest("prompt: You help.")
                + """
                ---
                apiVersion: okchat.ai/v1alpha1
                kind: KnowledgeSource
                metadata: {name: faq, annotations: {okchat.ai/dry-run: '%s'}}
                spec: {chatbotRef: {name: support}, documents: [{name: hours, text: We are open.}]}
                """
                    .formatted(value),
            "--namespace",
            "shop");

    // Then
    assertThat(run.exitCode()).isEqualTo(value.equals("false") ? ExitCode.NO : ExitCode.YES);
    assertThat(run.out()).contains("KnowledgeSource/faq: " + action + "\n");
  }

  @Test
  void decidesThePauseBeforeItOpensTheBackend() {
    // When
    var run =
        PluginRun.Given.nothing()
            .typed(manifest("prompt: You help., suspend: true"))
            .run("diff", "-f", "-", "--offline", "--url", "https://okchat.example");

    // Then
    assertThat(run)
        .isEqualTo(
            new PluginRun(
                ExitCode.YES,
                """
                Chatbot/support: nothing is sent
                  note: spec.suspend is true: the operator sends no request until it is false.
                """,
                "No difference.\n"));
  }

  @Test
  void needsTheNamespaceForDocuments() {
    // When
    var run =
        run(
            "{apiVersion: okchat.ai/v1alpha1, kind: KnowledgeSource, metadata: {name: faq},"
                + " spec: {chatbotRef: {name: support}, faq: [{question: a, answer: b}]}}");

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.UNKNOWN);
    assertThat(run.err())
        .startsWith(
            "error: KnowledgeSource/faq (standard input, document 1): The titles of documents"
                + " contain the namespace");
  }

  @Test
  void saysThatThereIsNothingToCompare() {
    assertThat(run("{apiVersion: v1, kind: ConfigMap, metadata: {name: texts}}"))
        .isEqualTo(
            new PluginRun(
                ExitCode.YES, "", "The manifests have no Chatbot and no KnowledgeSource.\n"));
  }

  @Test
  void rejectsASlugOfTwoManifests() {
    // When
    var run =
        run(
            manifest("prompt: P")
                + "---\n"
                + manifest("prompt: P").replace("{name: support}", "{name: second}"));

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.UNKNOWN);
    assertThat(run.out()).startsWith("Chatbot/support: create, 1 request\n");
    assertThat(run.err())
        .startsWith(
            "error: Chatbot/second (standard input, document 2): The slug %s is also that of"
                    .formatted(slug)
                + " Chatbot/support in the manifests");
  }

  @Test
  void waitsWhileTheAccountIsThrottled() throws IOException {
    // Given
    try (var sandbox = Sandbox.start(SandboxOptions.defaults())) {
      var fault =
          """
          {"endpoint": "list-chatbots", "kind": "status", "status": 429, "times": 1,
           "body": "{\\"error\\": \\"slow down\\"}", "headers": {"Retry-After": "1"}}
          """;
      var request =
          new Request.Builder()
              .url(sandbox.url() + "/sandbox/faults")
              .post(RequestBody.create(fault, MediaType.get("application/json")))
              .build();
      try (var response = new OkHttpClient().newCall(request).execute()) {
        assertThat(response.isSuccessful()).isTrue();
      }

      // When
      var run =
          PluginRun.Given.nothing()
              .with("OKCHAT_API_KEY", sandbox.apiKey())
              .typed(manifest("prompt: P"))
              .run("diff", "-f", "-", "--offline", "--url", sandbox.url());

      // Then
      assertThat(run.out()).startsWith("Chatbot/support: create, 1 request\n");
      assertThat(run.err()).startsWith("The backend throttles the account. Waiting 1s.\n");
    }
  }

  @Test
  void readsTheBotOnceForAllItsSources() throws IOException {
    // Given
    try (var sandbox = Sandbox.start(SandboxOptions.defaults())) {
      var client = TestBot.account(sandbox);
      var id = client.createChatbot(JsonText.object().put("name", "S").put("slug", slug)).id();
      var source =
          """
          ---
          apiVersion: okchat.ai/v1alpha1
          kind: KnowledgeSource
          metadata: {name: %s, namespace: shop}
          spec: {chatbotRef: {name: support}, documents: [{name: hours, text: We are open.}]}
          """;

      // When
      var run =
          PluginRun.Given.nothing()
              .with("OKCHAT_API_KEY", sandbox.apiKey())
              .typed(
                  manifest("prompt: P")
                          .replace("{name: support}", "{name: support, namespace: shop}")
                      + source.formatted("one")
                      + source.formatted("two"))
              .run("diff", "-f", "-", "--offline", "--url", sandbox.url());

      // Then
      assertThat(run.exitCode()).as(run.transcript()).isEqualTo(ExitCode.NO);
      assertThat(journal(sandbox, id))
          .containsExactly("get-chatbot", "list-knowledge", "list-knowledge");
    }
  }

  /** Returns the endpoints of the requests about a bot. */
  private static List<String> journal(Sandbox sandbox, String id) throws IOException {
    var request = new Request.Builder().url(sandbox.url() + "/sandbox/journal").build();
    try (var response = new OkHttpClient().newCall(request).execute()) {
      var endpoints = new ArrayList<String>();
      for (var call : JsonText.MAPPER.readTree(response.body().string()).path("calls")) {
        if (call.path("chatbotId").asText("").equals(id)) {
          endpoints.add(call.path("endpoint").asText());
        }
      }
      return endpoints;
    }
  }

  @Test
  void needsASlug() {
    // When
    var run =
        run(
            "{apiVersion: okchat.ai/v1alpha1, kind: Chatbot, metadata: {name: a},"
                + " spec: {name: A, prompt: B}}");

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.UNKNOWN);
    assertThat(run.err())
        .contains("Set spec.slug, or the annotation okchat.ai/slug.")
        .doesNotContain(TestBot.apiKey());
  }

  @Test
  void saysThatTheOperatorBlocksAChangedSlug() {
    // When
    var run =
        run(
            manifest("prompt: You help.")
                .replace("name: support", "name: support, annotations: {okchat.ai/slug: before}"));

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.UNKNOWN);
    assertThat(run.err())
        .contains(
            "spec.slug differs from the slug before that the bot was requested with: the operator"
                + " blocks the object (ImmutableFieldChanged).");
  }

  @Test
  void writesNoValueThatTheBackendDoesNotReturn() {
    assertThat(run(manifest("prompt: P, chatWidget: {name: Shop}"), "-o", "json").out())
        .contains(
            """
                  "field" : "chat_widget_config",
                  "before" : null,
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "prompt: P, backendRef: {name: ..} | spec.backendRef.name needs the name of an object",
        "promptFrom: {configMapKeyRef: {name: ../secrets, key: a}} | spec.promptFrom needs the name"
            + " of a ConfigMap",
        "prompt: P, avatar: {configMapKeyRef: {name: A, key: a}} | spec.avatar needs the name of a"
            + " ConfigMap"
      })
  void namesTheFieldOfANameThatNoObjectCanHave(String spec, String problem) {
    // When
    var run = run(manifest(spec));

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.UNKNOWN);
    assertThat(run.err())
        .startsWith("error: Chatbot/support (standard input, document 1): " + problem);
  }

  @Test
  void namesTheFieldOfAWrongType() {
    // When
    var run = run(manifest("prompt: P, greeting: yes"));

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.UNKNOWN);
    assertThat(run.err())
        .isEqualTo(
            """
            error: Chatbot/support (standard input, document 1): spec.greeting is a boolean, and needs a text: put the value in quotes. See: kubectl explain, or operator/docs/fields.md
            Objects that could not be compared: 1.
            """);
  }

  @Test
  void namesAMissingFieldAndComparesTheOthers() {
    // When
    var run =
        run(
            manifest("promptFrom: {}")
                + "---\n"
                + manifest("prompt: You help.").replace("support", "other"));

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.UNKNOWN);
    assertThat(run.out()).startsWith("Chatbot/other: create, 1 ");
    assertThat(run.err())
        .startsWith(
            "error: Chatbot/support (standard input, document 1): spec.promptFrom.configMapKeyRef"
                + " is required.");
  }

  @Test
  void neverPrintsTheKey() {
    // When
    var run =
        PluginRun.Given.nothing()
            .with("KEY", "wrong-key-of-jane")
            .typed(manifest("prompt: You help."))
            .run("diff", "-f", "-", "--offline", "--url", TestBot.url(), "--key-env", "KEY");

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.UNKNOWN);
    assertThat(run.err()).startsWith("error: Chatbot/support").doesNotContain("jane");
  }

  @Test
  void rejectsPlainHttpToOtherMachines() {
    // When
    var run =
        PluginRun.Given.nothing()
            .with("OKCHAT_API_KEY", "key")
            .typed(manifest("prompt: You help."))
            .run("diff", "-f", "-", "--offline", "--url", "http://okchat.example");

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.UNKNOWN);
    assertThat(run.err()).contains("--url has to be an https link");
  }

  @Test
  void needsOfflineAndUrlTogether() {
    assertThat(PluginRun.Given.nothing().run("diff", "-f", "-", "--offline"))
        .isEqualTo(
            new PluginRun(
                ExitCode.UNKNOWN,
                "",
                "error: --offline needs the backend. Add --url, for example"
                    + " https://v2.okchat.ai.\n"));
  }
}
