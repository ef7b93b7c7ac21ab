package ai.okchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that set annotations, and the receipts of orphans. */
class VerbsIT {
  private final TestBot bot = TestBot.create();
  private final TestNamespace namespace = bot.namespace();

  @Test
  void pausesAChatbotAndContinues() {
    // When
    var suspended = bot.run("suspend", "support");
    var annotation = annotation("okchat.ai/paused");
    var resumed = bot.run("resume", "chatbot/support");

    // Then
    assertThat(suspended)
        .isEqualTo(
            new PluginRun(
                ExitCode.YES,
                "Chatbot/support: paused. Continue with: kubectl okchat resume support\n",
                ""));
    assertThat(annotation).isEqualTo("true");
    assertThat(resumed).isEqualTo(new PluginRun(ExitCode.YES, "Chatbot/support: continues.\n", ""));
    assertThat(annotation("okchat.ai/paused")).isEmpty();
  }

  @Test
  void setsAnnotationsWithItsOwnFieldManager() {
    // When
    bot.run("suspend", "support");

    // Then
    var managers = namespace.object(Kind.CHATBOT, "support").path("metadata").path("managedFields");
    assertThat(StreamSupport.stream(managers.spliterator(), false))
        .filteredOn(entry -> entry.path("manager").asText().equals("okchat-user"))
        .singleElement()
        .extracting(entry -> entry.path("fieldsV1").toString())
        .asString()
        .contains("f:okchat.ai/paused");
  }

  @Test
  void cannotContinueWhatTheManifestSuspends() {
    // Given
    namespace.apply(
        """
        {apiVersion: okchat.ai/v1alpha1, kind: Chatbot, metadata: {name: support},
         spec: {name: Support, prompt: You help., suspend: true}}
        """);

    // When
    var run = bot.run("resume", "support");

    // Then
    assertThat(run)
        .isEqualTo(
            new PluginRun(
                ExitCode.NO,
                "",
                "Chatbot/support: spec.suspend is true in its manifest. Set it to false there.\n"));
  }

  @Test
  void refreshesBothKinds() {
    // Given
    namespace.apply(
        """
        {apiVersion: okchat.ai/v1alpha1, kind: KnowledgeSource, metadata: {name: faq},
         spec: {chatbotRef: {name: support}, faq: [{question: "When?", answer: "Now."}]}}
        """);

    // When
    var run = bot.run("refresh", "support", "kns/faq");

    // Then
    assertThat(run.out())
        .isEqualTo(
            """
            Chatbot/support: the operator compares it with the backend now.
            KnowledgeSource/faq: the operator reads its source now.
            """);
    assertThat(annotation("okchat.ai/reconcile-requested-at")).isEqualTo("2026-01-01T12:00:00Z");
    assertThat(
            namespace
                .object(Kind.KNOWLEDGE_SOURCE, "faq")
                .path("metadata")
                .path("annotations")
                .path("okchat.ai/refresh-requested-at")
                .asText())
        .isEqualTo("2026-01-01T12:00:00Z");
  }

  @Test
  void findsAKnowledgeSourceWithoutItsKind() {
    // Given
    namespace.apply(
        """
        {apiVersion: okchat.ai/v1alpha1, kind: KnowledgeSource, metadata: {name: faq},
         spec: {chatbotRef: {name: support}, faq: [{question: "When?", answer: "Now."}]}}
        """);

    // When
    var run = bot.run("refresh", "faq");

    // Then
    assertThat(run)
        .isEqualTo(
            new PluginRun(
                ExitCode.YES, "KnowledgeSource/faq: the operator reads its source now.\n", ""));
  }

  @Test
  void approvesTheLostBot() {
    // When
    var run = bot.run("approve-recreate", "support");

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.YES);
    assertThat(annotation("okchat.ai/approve-recreate")).isEqualTo(bot.bot().id());
  }

  @Test
  void approvesNothingWithoutABot() {
    // Given
    namespace.apply(
        """
        {apiVersion: okchat.ai/v1alpha1, kind: Chatbot, metadata: {name: fresh},
         spec: {name: Fresh, prompt: You help.}}
        """);

    // When
    var run = bot.run("approve-recreate", "fresh");

    // Then
    assertThat(run)
        .isEqualTo(
            new PluginRun(
                ExitCode.NO,
                "",
                "Chatbot/fresh has no status.id: there is no lost bot to create again. See: kubectl"
                    + " okchat why fresh\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"suspend", "resume", "refresh", "approve-recreate"})
  void isNoIfTheObjectDoesNotExist(String verb) {
    // When
    var run = bot.run(verb, "absent");

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run.err())
        .isEqualTo(
            "Chatbot/absent does not exist in the namespace %s. List the objects with: kubectl okchat get chatbots\n"
                .formatted(namespace.name()));
  }

  @Test
  void namesTheKindsOfAVerb() {
    // When
    var run = bot.run("suspend", "cbb/default");

    // Then
    assertThat(run)
        .isEqualTo(
            new PluginRun(
                ExitCode.UNKNOWN,
                "",
                "error: This command does not apply to a ChatbotBackend, but to: Chatbot,"
                    + " KnowledgeSource.\n"));
  }

  @Test
  void namesTheMissingRightToPatch() {
    // Given
    namespace.allow("reader", "get");

    // When
    var run = bot.run("suspend", "support", "--as", "reader");

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.UNKNOWN);
    assertThat(run.err())
        .isEqualTo(
            "error: You do not have the right to patch chatbots.okchat.ai in the namespace %s. Ask an administrator for a Role with the verb \"patch\" for the resource \"chatbots\" of the API group \"okchat.ai\".\n"
                .formatted(namespace.name()));
  }

  @Test
  void deletesAnOrphanAfterAQuestion() {
    // Given
    receipt();

    // When
    var refused =
        namespace.given().onTerminal().typed("n\n").run("orphans", "--delete", "okchat-orphan-1");
    var piped = bot.run("orphans", "--delete", "okchat-orphan-1");
    var deleted =
        namespace.given().onTerminal().typed("y\n").run("orphans", "--delete", "okchat-orphan-1");

    // Then
    Golden.check(
        "orphans-delete", bot.neutral(refused) + bot.neutral(piped) + bot.neutral(deleted));
    assertThat(bot.client().getChatbot(bot.bot().id())).isEmpty();
    assertThat(bot.run("orphans", "--delete", "okchat-orphan-1").exitCode()).isEqualTo(ExitCode.NO);
  }

  @Test
  void adoptsAnOrphan() {
    // Given
    receipt();

    // When
    var run = bot.run("orphans", "--adopt", "okchat-orphan-1", "--yes");

    // Then
    assertThat(run)
        .isEqualTo(
            new PluginRun(
                ExitCode.YES,
                "Created Chatbot/lost in the namespace %s. Add it to your manifests.\n"
                    .formatted(namespace.name()),
                ""));
    var spec = namespace.object(Kind.CHATBOT, "lost").path("spec");
    assertThat(spec.path("slug").asText()).isEqualTo(bot.bot().slug());
    assertThat(spec.path("adoption").asText()).isEqualTo("BySlug");
    assertThat(spec.path("prompt").asText()).isEqualTo("You help.");
  }

  @Test
  void listsOrphans() {
    // Given
    receipt();

    // When
    var run = bot.run("orphans");

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run.out())
        .startsWith("NAMESPACE")
        .contains("Chatbot %s/lost".formatted(namespace.name()), bot.bot().id());
    namespace.delete("configmaps", "okchat-orphan-1");
  }

  private void receipt() {
    namespace.apply(
        """
        {apiVersion: v1, kind: ConfigMap,
         metadata: {name: okchat-orphan-1, labels: {okchat.ai/orphan-receipt: "true"}},
         data: {chatbot: %1$s/lost, backend: ChatbotBackend %1$s/default, id: %2$s, slug: %3$s,
                why: The deletion timed out.}}
        """
            .formatted(namespace.name(), bot.bot().id(), bot.bot().slug()));
  }

  private String annotation(String key) {
    return metadata().path("annotations").path(key).asText("");
  }

  private JsonNode metadata() {
    return namespace.object(Kind.CHATBOT, "support").path("metadata");
  }
}
