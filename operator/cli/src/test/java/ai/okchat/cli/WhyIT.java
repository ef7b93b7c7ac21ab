package ai.okchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads the state of objects: why, status and get. */
class WhyIT {
  private final TestNamespace namespace = TestNamespace.create();

  /** A backend, a bot whose slug is taken, and documents that wait for it. */
  @BeforeEach
  void aBrokenBot() {
    backend("default");
    namespace.ready(Kind.CHATBOT_BACKEND, "default", "True", "Ready", "The API key works.", "");
    chatbot("support");
    namespace.ready(
        Kind.CHATBOT,
        "support",
        "False",
        "SlugTaken",
        "A bot that this object did not create has the slug \u001b[31msupport\u001b[0m.",
        "");
    namespace.apply(
        """
        {apiVersion: okchat.ai/v1alpha1, kind: KnowledgeSource, metadata: {name: faq},
         spec: {chatbotRef: {name: support}, faq: [{question: "When?", answer: "Now."}]}}
        """);
    namespace.ready(
        Kind.KNOWLEDGE_SOURCE,
        "faq",
        "Unknown",
        "WaitingForChatbot",
        "The Chatbot support has no bot yet.",
        "");
  }

  private void backend(String name) {
    namespace.apply(
        """
        {apiVersion: okchat.ai/v1alpha1, kind: ChatbotBackend, metadata: {name: %s},
         spec: {apiKeySecretRef: {name: okchat, key: api-key}}}
        """
            .formatted(name));
  }

  private void chatbot(String name) {
    namespace.apply(
        """
        {apiVersion: okchat.ai/v1alpha1, kind: Chatbot, metadata: {name: %s},
         spec: {name: Support, prompt: You help.}}
        """
            .formatted(name));
  }

  @Test
  void marksTheFirstBrokenLinkAndNamesTheFix() {
    // Given
    namespace.event(
        "Chatbot", namespace.object(Kind.CHATBOT, "support"), "SlugTaken", "The slug is taken.");

    // When
    var run = namespace.run("why", "support");

    // Then
    Golden.check("why-slug-taken", namespace.neutral(run));
  }

  @Test
  void explainsAKnowledgeSourceAsJson() {
    // When
    var run = namespace.run("why", "kns/faq", "-o", "json");

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    Golden.check("why-knowledge-json", namespace.neutral(run));
  }

  @Test
  void namesTheMissingBackend() {
    // Given
    namespace.apply(
        """
        {apiVersion: okchat.ai/v1alpha1, kind: Chatbot, metadata: {name: lonely},
         spec: {name: Lonely, prompt: You help., backendRef: {name: absent}}}
        """);

    // When
    var run = namespace.run("why", "chatbot/lonely");

    // Then
    Golden.check("why-missing-backend", namespace.neutral(run));
  }

  @Test
  void isSatisfiedWithAReadyBotAndShowsDriftAndThrottling() {
    // Given
    namespace.ready(
        Kind.CHATBOT,
        "support",
        "True",
        "Ready",
        "",
        ",\"drift\":[{\"field\":\"settings.greeting\",\"desired\":\"a\",\"observed\":\"b\"}]");
    namespace.ready(Kind.KNOWLEDGE_SOURCE, "faq", "True", "Ready", "", "");
    namespace.ready(
        Kind.CHATBOT_BACKEND,
        "default",
        "True",
        "Ready",
        "",
        ",\"rateLimitedUntil\":\"2026-01-01T12:05:00Z\"");

    // When
    var run = namespace.run("why", "support");

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.YES);
    Golden.check("why-ready", namespace.neutral(run));
  }

  @Test
  void showsAllChatbotsOfABackend() {
    // Given
    chatbot("sales");
    namespace.ready(Kind.CHATBOT, "sales", "True", "Ready", "", "");

    // When
    var run = namespace.run("why", "cbb/default");

    // Then
    Golden.check("why-backend", namespace.neutral(run));
  }

  @Test
  void groupsTheNamespaceByCause() {
    // Given
    chatbot("sales");
    namespace.ready(Kind.CHATBOT, "sales", "False", "SlugTaken", "Taken.", "");

    // When
    var run = namespace.run("why");

    // Then
    Golden.check("why-namespace", namespace.neutral(run));
  }

  @Test
  void groupsTheNamespaceAsYaml() {
    Golden.check("why-namespace-yaml", namespace.neutral(namespace.run("why", "-o", "yaml")));
  }

  @Test
  void groupsTheNamespaceAsMarkdown() {
    Golden.check(
        "why-namespace-markdown", namespace.neutral(namespace.run("why", "-o", "markdown")));
  }

  @Test
  void saysThatAnObjectDoesNotExist() {
    // When
    var run = namespace.run("why", "absent");

    // Then
    Golden.check("why-absent", namespace.neutral(run));
  }

  @Test
  void usesColorsOnATerminalUnlessTheUserDoesNotWantThem() {
    // When
    var colored = namespace.given().onTerminal().run("why", "support");
    var plain = namespace.given().onTerminal().with("NO_COLOR", "1").run("why", "support");

    // Then
    assertThat(colored.out())
        .contains("\u001b[31mFalse     \u001b[0m")
        .doesNotContain("\u001b[31msup");
    assertThat(plain.out())
        .doesNotContain("\u001b")
        .isEqualTo(namespace.run("why", "support").out());
  }

  @Test
  void countsTheObjects() {
    Golden.check("status", namespace.neutral(namespace.run("status")));
    Golden.check("status-markdown", namespace.neutral(namespace.run("status", "-o", "markdown")));
    Golden.check("status-json", namespace.neutral(namespace.run("status", "-o", "json")));
  }

  @Test
  void listsTheObjects() {
    Golden.check("get", namespace.neutral(namespace.run("get")));
    Golden.check("get-wide", namespace.neutral(namespace.run("get", "-o", "wide")));
    Golden.check("get-name", namespace.neutral(namespace.run("get", "-o", "name")));
    Golden.check("get-markdown", namespace.neutral(namespace.run("get", "-o", "markdown")));
  }

  @Test
  void getsOneObjectWithoutRawControlCharacters() {
    // When
    var yaml = namespace.run("get", "chatbot", "support", "-o", "yaml");
    var json = namespace.run("get", "bot", "support", "-o", "json");

    // Then
    assertThat(yaml.exitCode()).isEqualTo(ExitCode.YES);
    assertThat(yaml.out()).contains("reason: SlugTaken").doesNotContain("\u001b");
    assertThat(json.out()).contains("\\u001B[31msupport").doesNotContain("\u001b");
  }

  @Test
  void saysThatNothingExists() {
    assertThat(namespace.run("get", "chatbots", "-n", "nothing-here"))
        .isEqualTo(new PluginRun(ExitCode.NO, "", "There are no objects.\n"));
  }

  @Test
  void namesTheMissingRight() {
    // When
    var run = namespace.run("why", "support", "--as", "jane");

    // Then
    Golden.check("why-forbidden", namespace.neutral(run));
  }
}
