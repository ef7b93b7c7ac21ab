package ai.okchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.client.Upload;
import ai.okchat.planning.DesiredBot;
import ai.okchat.planning.Digest;
import ai.okchat.planning.ResolvedInputs;
import ai.okchat.planning.document.Content;
import ai.okchat.planning.document.Document;
import ai.okchat.planning.document.FileType;
import ai.okchat.planning.document.SourceFile;
import ai.okchat.planning.document.SourceTag;
import ai.okchat.planning.document.Titles;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code diff} against a real API server and the sandbox. */
class DiffIT {
  private final TestBot bot = TestBot.create();

  private PluginRun diff(String manifests, String... more) {
    var arguments = new ArrayList<>(List.of("diff", "-f", "-"));
    arguments.addAll(List.of(more));
    return bot.namespace().given().typed(manifests).run(arguments.toArray(String[]::new));
  }

  private static String chatbot(String name, String spec) {
    return "{apiVersion: okchat.ai/v1alpha1, kind: Chatbot, metadata: {name: %s}, spec: {%s}}\n---\n"
        .formatted(name, spec);
  }

  private static String support(String spec) {
    return chatbot("support", "name: Support, " + spec);
  }

  private static String source(String spec) {
    return """
    {apiVersion: okchat.ai/v1alpha1, kind: KnowledgeSource, metadata: {name: faq},
     spec: {chatbotRef: {name: support}, %s}}
    ---
    """
        .formatted(spec);
  }

  /** Writes what the operator records after it applied this manifest. */
  private void recordApplied(String manifest) {
    var spec = SpecReader.chatbot(bot(manifest));
    var desired =
        DesiredBot.of(
            spec,
            new ResolvedInputs(Optional.ofNullable(spec.prompt()).orElse(""), Optional.empty()));
    bot.namespace()
        .status(
            Kind.CHATBOT,
            "support",
            "{\"observedGeneration\":1,\"id\":\"%s\",\"appliedDigest\":\"%s\"}"
                .formatted(bot.bot().id(), desired.digest()));
  }

  /** Writes the ID and where it is valid, as the operator does. */
  private static void recordBackend(TestBot bot) {
    var backend = bot.namespace().object(Kind.CHATBOT_BACKEND, "default");
    bot.namespace()
        .status(
            Kind.CHATBOT,
            "support",
            """
            {"observedGeneration":1,"id":"%s","backend":{"kind":"ChatbotBackend","name":"default",
             "uid":"%s","urlDigest":"%s"}}
            """
                .formatted(
                    bot.bot().id(),
                    backend.path("metadata").path("uid").asText(),
                    Digest.of(TestBot.url() + "/")));
  }

  private static KubeObject bot(String manifest) {
    return ManifestReader.read(
            List.of("-"), new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)))
        .getFirst()
        .object();
  }

  private void edit(String json) throws Exception {
    bot.client().updateChatbot(bot.bot().id(), (ObjectNode) JsonText.MAPPER.readTree(json));
  }

  /** Uploads a document as the operator sends it. */
  private void upload(String name, String text) {
    bot.client().uploadKnowledge(bot.bot().id(), List.of(document(name, text).upload()));
  }

  private Document document(String name, String text) {
    var content = Content.of(text.getBytes(StandardCharsets.UTF_8));
    return Titles.assign(
            SourceTag.of(bot.namespace().name(), "faq"),
            List.of(new SourceFile(name, FileType.MARKDOWN, content)))
        .getFirst();
  }

  @Test
  void findsNoDifferenceAndWritesNothing() {
    // Given
    var object = bot.namespace().object(Kind.CHATBOT, "support");

    // When
    var run = diff(support("prompt: You help., greeting: Hello"));

    // Then
    assertThat(run)
        .isEqualTo(
            new PluginRun(ExitCode.YES, "Chatbot/support: no difference\n", "No difference.\n"));
    assertThat(bot.client().getChatbot(bot.bot().id())).contains(bot.bot());
    assertThat(bot.namespace().object(Kind.CHATBOT, "support")).isEqualTo(object);
  }

  @Test
  void showsChangedFieldsInColorsOnATerminal() throws Exception {
    // Given
    edit("{\"name\": \"\\u001b[31mRed\"}");

    // When
    var run =
        bot.namespace()
            .given()
            .typed(support("prompt: You sell., greeting: Hello"))
            .onTerminal()
            .run("diff", "-f", "-");

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run.out())
        .isEqualTo(
            """
            \u001b[1mChatbot/support: update, 1 request\u001b[0m
            \u001b[33m  ~ name: ^[[31mRed -> Support\u001b[0m
            \u001b[33m  ~ settings.prompt: You help. -> You sell.\u001b[0m
            """);
  }

  @Test
  void showsANewBotWithAllFields() {
    // When
    var run = diff(chatbot("fresh", "name: Fresh, prompt: You help."));

    // Then
    assertThat(run)
        .isEqualTo(
            new PluginRun(
                ExitCode.NO,
                """
                Chatbot/fresh: create, 1 request
                  + name: Fresh
                  + settings.prompt: You help.
                  note: The operator derives the slug from namespace, name and UID.
                """,
                "1 of 1 objects differ: 1 request.\n"));
  }

  @Test
  void distinguishesDriftFromAnEdit() throws Exception {
    // Given
    var applied = support("prompt: You help., greeting: Hello, driftPolicy: Report");
    recordApplied(applied);
    edit("{\"name\": \"Drifted\"}");

    // When
    var reported = diff(applied);
    var edited = diff(applied.replace("You help.", "You sell."));
    var enforced = diff(applied.replace("Report", "Enforce"));

    // Then
    assertThat(reported)
        .isEqualTo(
            new PluginRun(
                ExitCode.YES,
                """
                Chatbot/support: no difference
                  note: Not written: name. The backend differs, and spec.driftPolicy is Report.
                """,
                "No difference.\n"));
    assertThat(edited.out())
        .contains("~ name: Drifted -> Support", "~ settings.prompt: You help. -> You sell.");
    assertThat(enforced.out()).contains("~ name: Drifted -> Support").doesNotContain("prompt");
  }

  @Test
  void showsUploadsReplacementsAndRemovals() {
    // Given
    upload("hours", "We are open from nine to five.");
    upload("old", "This page moved.");
    upload("kept", "This page stays.");

    // When
    var run =
        diff(
            source(
                "documents: [{name: hours, text: We are open all day.}, {name: prices, text:"
                    + " Cheap.}, {name: kept, text: This page stays.}]"));

    // Then
    assertThat(run)
        .isEqualTo(
            new PluginRun(
                ExitCode.NO,
                """
                KnowledgeSource/faq: update, 3 requests
                  + upload prices (6 bytes)
                  ~ replace hours (20 bytes)
                  - remove old
                """,
                "1 of 1 objects differ: 3 requests.\n"));
  }

  @Test
  void keepsDocumentsAboveThePruneLimit() {
    // Given
    upload("one", "This is one.");
    upload("two", "This is two.");

    // When
    var run = diff(source("pruneLimitPercent: 10, documents: [{name: one, text: This is one.}]"));

    // Then
    assertThat(run)
        .isEqualTo(
            new PluginRun(
                ExitCode.YES,
                """
                KnowledgeSource/faq: no difference
                  note: Not removed: 1 documents that the source does not have, because they are more than spec.pruneLimitPercent allows.
                """,
                "No difference.\n"));
  }

  @Test
  void readsConfigMapsOfTheCluster() {
    // Given
    bot.namespace()
        .apply(
            """
            {apiVersion: v1, kind: ConfigMap, metadata: {name: texts},
             data: {prompt: You sell., hours.md: We are open., page.html: <p>Hello, logo.png: x}}
            """);

    // When
    var run =
        diff(
            chatbot(
                    "support",
                    "name: Support, promptFrom: {configMapKeyRef: {name: texts, key: prompt}}")
                + source("configMap: {name: texts, include: ['*.*']}"));

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run.out())
        .isEqualTo(
            """
            Chatbot/support: update, 1 request
              ~ settings.prompt: You help. -> You sell.
            KnowledgeSource/faq: update, 1 request
              + upload hours.md (12 bytes)
              note: Not compared: logo.png. The backend does not accept files of its type.
              note: Not compared: page.html. The operator converts HTML to Markdown.
            """);
  }

  @Test
  void selectsConfigMapsOfTheClusterAndOfTheManifests() {
    // Given
    var configMap =
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s, labels: {app: %s}}, data: {a.md:"
            + " %s}}";
    bot.namespace().apply(configMap.formatted("live", "shop", "Live."));
    bot.namespace().apply(configMap.formatted("changed", "shop", "Before."));
    bot.namespace().apply(configMap.formatted("other", "blog", "Other."));

    // When
    var run =
        diff(
            source("configMap: {selector: {matchLabels: {app: shop}}}")
                + configMap.formatted("changed", "shop", "After it.")
                + "\n---\n"
                + configMap.formatted("added", "shop", "Added."));

    // Then
    assertThat(run.out())
        .isEqualTo(
            """
            KnowledgeSource/faq: update, 3 requests
              + upload added/a.md (6 bytes)
              + upload changed/a.md (9 bytes)
              + upload live/a.md (5 bytes)
            """);
  }

  @Test
  void doesNotCompareRemoteSources() {
    // When
    var run = diff(source("web: {urls: ['https://a.example/']}"));

    // Then
    assertThat(run)
        .isEqualTo(
            new PluginRun(
                ExitCode.YES,
                """
                KnowledgeSource/faq: not compared
                  note: Only the operator reads spec.web. The annotation okchat.ai/dry-run: "true" shows its plan in the status.
                """,
                "No difference. Objects that are not compared: 1.\n"));
  }

  @Test
  void saysThatNothingIsSentForAPausedObject() {
    // When
    var run = diff(support("prompt: You sell., suspend: true"));

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
  void decidesThePauseBeforeTheSlug() {
    // Given
    var body = JsonText.object().put("name", "Other").put("slug", bot.namespace().name() + "-b");
    bot.client().createChatbot(body);

    // When
    var run =
        diff(
            chatbot(
                "mine",
                "name: M, prompt: P, suspend: true, slug: " + bot.namespace().name() + "-b"));

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.YES);
    assertThat(run.out()).startsWith("Chatbot/mine: nothing is sent\n");
  }

  @Test
  void keepsTheDryRunOfTheClusterThatTheManifestOmits() {
    // Given
    var manifest = source("documents: [{name: hours, text: We are open.}]");
    bot.namespace()
        .apply(
            manifest
                .replace("---\n", "")
                .replace("{name: faq}", "{name: faq, annotations: {okchat.ai/dry-run: 'true'}}"));

    // When
    var run = diff(manifest);

    // Then
    assertThat(run)
        .isEqualTo(
            new PluginRun(
                ExitCode.YES,
                """
                KnowledgeSource/faq: nothing is sent
                  note: The annotation okchat.ai/dry-run is set: the operator shows its plan in the status, and sends nothing until the annotation is removed.
                """,
                "No difference.\n"));
  }

  @Test
  void saysThatNothingIsSentInAPausedNamespace() {
    // Given
    bot.namespace()
        .apply(
            "{apiVersion: v1, kind: Namespace, metadata: {name: %s, annotations: {okchat.ai/paused: ''}}}"
                .formatted(bot.namespace().name()));

    // When
    var run = diff(support("prompt: You sell."));

    // Then
    assertThat(run)
        .isEqualTo(
            new PluginRun(
                ExitCode.YES,
                """
                Chatbot/support: nothing is sent
                  note: The annotation okchat.ai/paused is set on the namespace: the operator sends no request until it is removed.
                """,
                "No difference.\n"));
  }

  @Test
  void rejectsAnImmutableFieldAndComparesTheOthers() {
    // When
    var run =
        diff(support("prompt: You help., slug: another") + chatbot("fresh", "name: F, prompt: P"));

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.UNKNOWN);
    assertThat(run.out()).startsWith("Chatbot/fresh: create, 1 request\n");
    assertThat(run.err())
        .startsWith(
            "error: Chatbot/support (standard input, document 1): spec.slug cannot be changed,"
                + " added or removed once the bot exists: the API server rejects the manifest.");
  }

  @Test
  void createsALostBotAgainOnlyIfItWasInThisBackend() {
    // Given
    bot.client().deleteChatbot(bot.bot().id());
    var elsewhere = diff(support("prompt: You help."));
    recordBackend(bot);

    // When
    var here = diff(support("prompt: You help."));

    // Then
    assertThat(elsewhere.exitCode()).isEqualTo(ExitCode.UNKNOWN);
    assertThat(elsewhere.err()).contains("(AccountChanged)");
    assertThat(here.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(here.out())
        .startsWith("Chatbot/support: create again, 1 request\n")
        .contains("  note: The backend has no bot with the recorded ID. The operator creates");
  }

  @Test
  void adoptsABotOnlyIfTheSpecAllowsIt() {
    // Given
    var body = JsonText.object().put("name", "Other").put("slug", bot.namespace().name() + "-b");
    body.putObject("settings").put("prompt", "You help.");
    bot.client().createChatbot(body);
    var spec = "name: Mine, prompt: You help., slug: " + bot.namespace().name() + "-b";

    // When
    var taken = diff(chatbot("mine", spec));
    var adopted = diff(chatbot("mine", spec + ", adoption: BySlug"));

    // Then
    assertThat(taken.exitCode()).isEqualTo(ExitCode.UNKNOWN);
    assertThat(taken.err()).contains("did not create it (SlugTaken)");
    assertThat(adopted.out())
        .isEqualTo(
            """
            Chatbot/mine: adopt, 1 request
              ~ name: Other -> Mine
            """);
  }

  @Test
  void rejectsASlugOfTwoManifestsInTwoNamespaces() {
    // Given
    var first = bot.namespace().name();
    var second = TestNamespace.create().name();
    bot.namespace()
        .apply(
            """
            {apiVersion: okchat.ai/v1alpha1, kind: ClusterChatbotBackend, metadata: {name: "%1$s"},
             spec: {url: "%2$s", allowInsecure: true, allowedNamespaces: {names: ["%1$s"]},
                    apiKeySecretRef: {namespace: "%1$s", name: okchat, key: api-key}}}
            """
                .formatted(first, TestBot.url()));
    var spec =
        "name: M, prompt: P, slug: %s, backendRef: {kind: ClusterChatbotBackend, name: %s}"
            .formatted(second, first);
    var manifest =
        "{apiVersion: okchat.ai/v1alpha1, kind: Chatbot, metadata: {name: mine, namespace: %s},"
            + " spec: {%s}}\n"
            + "---\n";

    // When
    var run = diff(manifest.formatted(first, spec) + manifest.formatted(second, spec));

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.UNKNOWN);
    assertThat(run.err())
        .startsWith(
            "error: Chatbot/mine (standard input, document 2): The slug %s is also that of Chatbot/mine in the namespace %s in the manifests"
                .formatted(second, first));
  }

  @Test
  void findsTheOwnerOfASlugInAnotherNamespace() {
    // Given
    var other = TestBot.create();
    recordBackend(other);
    var slug = other.namespace().name();

    // When
    var run = diff(chatbot("mine", "name: M, prompt: P, adoption: BySlug, slug: " + slug));

    // Then
    assertThat(run)
        .isEqualTo(
            new PluginRun(
                ExitCode.UNKNOWN,
                "",
                """
                error: Chatbot/mine (standard input, document 1): The slug %1$s belongs to Chatbot/support in the namespace %1$s (SlugConflict). Choose another spec.slug.
                Objects that could not be compared: 1.
                """
                    .formatted(slug)));
  }

  @Test
  void saysThatOwnersOfOtherNamespacesCouldNotBeChecked() {
    // Given
    var other = TestBot.create();
    recordBackend(other);
    bot.namespace().allow("author", "get", "list");

    // When
    var run =
        bot.namespace()
            .given()
            .with("OKCHAT_API_KEY", TestBot.apiKey())
            .typed(
                chatbot(
                    "mine",
                    "name: M, prompt: You help., adoption: BySlug, slug: "
                        + other.namespace().name()))
            .run("diff", "-f", "-", "--as", "author");

    // Then
    assertThat(run)
        .isEqualTo(
            new PluginRun(
                ExitCode.NO,
                """
                Chatbot/mine: adopt, 1 request
                  ~ name: Support -> M
                  note: Not checked: whether a Chatbot of another namespace has the bot (SlugConflict). You need the right to list chatbots.okchat.ai in all namespaces.
                """,
                "1 of 1 objects differ: 1 request.\n"));
  }

  @Test
  void namesAMissingConfigMapAndAMissingRight() {
    // Given
    bot.namespace().allow("author", "get");

    // When
    var absent =
        diff(
            chatbot(
                "support",
                "name: Support, promptFrom: {configMapKeyRef: {name: absent, key: prompt}}"));
    var forbidden = diff(support("prompt: You help."), "--as", "author");

    // Then
    assertThat(absent.exitCode()).isEqualTo(ExitCode.UNKNOWN);
    assertThat(absent.err())
        .contains("spec.promptFrom names the ConfigMap absent, which does not exist.");
    assertThat(forbidden.exitCode()).isEqualTo(ExitCode.UNKNOWN);
    assertThat(forbidden.err()).contains("the right to get secrets in the namespace");
  }

  @Test
  void ignoresDocumentsOfOthers() {
    // Given
    bot.client()
        .uploadKnowledge(
            bot.bot().id(),
            List.of(Upload.of("by-hand.md", "text/markdown", new byte[] {'a', 'b'})));
    upload("hours", "We are open.");

    // When
    var run = diff(source("documents: [{name: hours, text: We are open.}]"));

    // Then
    assertThat(run)
        .isEqualTo(
            new PluginRun(
                ExitCode.YES, "KnowledgeSource/faq: no difference\n", "No difference.\n"));
  }
}
