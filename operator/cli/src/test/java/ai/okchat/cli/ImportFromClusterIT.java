package ai.okchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.client.Bot;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The import of the account of a ChatbotBackend, which has objects in the cluster already. */
class ImportFromClusterIT {
  private final TestBot bot = TestBot.create();

  @TempDir private Path folder = Path.of("");

  @Test
  void readsTheKeyOfTheBackend() {
    // Given
    var other = create(bot.namespace().name() + "-other");

    // When
    var run = run(other.id());

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.YES);
    assertThat(folder.resolve(other.slug() + ".yaml")).content().doesNotContain("backendRef");
    assertThat(run.out() + run.err()).doesNotContain(TestBot.apiKey());
  }

  @Test
  void leavesOutABotThatBelongsToAnObject() {
    // When
    var run = run(bot.bot().id());

    // Then
    assertThat(run)
        .isEqualTo(
            new PluginRun(
                ExitCode.NO,
                "",
                """
                The bot %s is left out: it belongs to Chatbot/support.
                Wrote the manifests of 0 of 1 bots.
                """
                    .formatted(bot.bot().id())));
  }

  @Test
  void leavesOutABotWhoseNameAnotherObjectHas() {
    // Given
    var other = create("support");

    // When
    var run = run(other.id());
    bot.client().deleteChatbot(other.id());

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run.err())
        .startsWith(
            "The bot %s is left out: Chatbot/support has another bot, and a manifest would have the same name.\n"
                .formatted(other.id()));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void refreshesTheManifestOfTheObjectItself() {
    // Given
    var slug = bot.namespace().name();
    bot.namespace()
        .apply(
            """
            {apiVersion: okchat.ai/v1alpha1, kind: Chatbot, metadata: {name: %s},
             spec: {name: Own, prompt: You help.}}
            """
                .formatted(slug));
    bot.namespace().status(Kind.CHATBOT, "support", "{\"id\": null}");
    bot.namespace().status(Kind.CHATBOT, slug, "{\"id\": \"%s\"}".formatted(bot.bot().id()));

    // When
    var run = run(bot.bot().id());

    // Then
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.YES);
  }

  @Test
  void namesTheBackendThatDoesNotExist() {
    // When
    var run = bot.run("import", "--all", "-o", folder.toString(), "--backend", "absent");

    // Then
    assertThat(run)
        .isEqualTo(
            new PluginRun(
                ExitCode.NO,
                "",
                "ChatbotBackend/absent does not exist. Create it:"
                    + " examples/chatbot-backend.yaml\n"));
  }

  private PluginRun run(String id) {
    return bot.run("import", id, "-o", folder.toString());
  }

  private Bot create(String slug) {
    var body = JsonText.object().put("name", "Other").put("slug", slug);
    body.putObject("settings").put("prompt", "You help.");
    return bot.client().createChatbot(body);
  }
}
