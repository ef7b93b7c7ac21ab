package ai.okchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.client.ChatRequest;
import ai.okchat.client.Conversation;
import ai.okchat.client.Upload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that talk to a bot. */
class ConversationsIT {
  private static final String QUESTION = "When are you open? Write to jane@example.com";

  @TempDir private Path folder = Path.of("");

  private final TestBot bot = TestBot.create();

  @BeforeEach
  void aDocument() {
    bot.client()
        .uploadKnowledge(
            bot.bot().id(),
            List.of(
                Upload.of(
                    "hours.md",
                    "text/markdown",
                    "We are open from nine to five. \u001b[31mRed\u001b[0m."
                        .getBytes(StandardCharsets.UTF_8))));
  }

  private Conversation asked() {
    bot.client().chat(bot.bot().id(), ChatRequest.question(QUESTION, "test-session"));
    return bot.client().listConversations(bot.bot().id(), 1, 10, null).items().getFirst();
  }

  @Test
  void asksAQuestion() {
    // When
    var run = bot.run("ask", "support", "When are you open?");

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.YES);
    assertThat(run.out()).contains("nine to five").doesNotContain("\u001b");
    assertThat(run.err()).contains("Continue with: kubectl okchat ask support --session kubectl-");
  }

  @Test
  void continuesASession() {
    // When
    bot.run("ask", "support", "--session", "mine", "When are you open?");
    var second = bot.run("ask", "support", "--session", "mine", "And on Sundays?", "-o", "json");

    // Then
    assertThat(second.exitCode()).isEqualTo(ExitCode.YES);
    assertThat(second.out()).contains("\"session\" : \"mine\"", "\"answer\" : ");
    assertThat(bot.client().listConversations(bot.bot().id(), 1, 10, null).items()).hasSize(1);
  }

  @Test
  void asksEachLineOfItsInput() {
    // When
    var run =
        bot.namespace()
            .given()
            .typed("When are you open?\n\nAre you really?\n")
            .run("ask", "support");

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.YES);
    assertThat(bot.client().listConversations(bot.bot().id(), 1, 10, null).items()).hasSize(1);
  }

  @Test
  void neverPrintsTheKey() {
    // Given
    var given = bot.namespace().given().with("OKCHAT_API_KEY", "wrong-key-of-jane");

    // When
    var run = given.run("ask", "support", "Hello");

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.UNKNOWN);
    assertThat(run.err())
        .startsWith("error: Tried to stream chat at ")
        .endsWith(" Write a valid API key to the Secret of the backend, or set OKCHAT_API_KEY.\n")
        .doesNotContain("jane");
  }

  @Test
  void needsNoRightToSecretsWithAKeyInTheEnvironment() {
    // Given
    bot.namespace().allow("author", "get");

    // When
    var without = bot.run("search", "support", "open", "--as", "author");
    var with =
        bot.namespace()
            .given()
            .with("OKCHAT_API_KEY", TestBot.apiKey())
            .run("search", "support", "open", "--as", "author");

    // Then
    assertThat(without.exitCode()).isEqualTo(ExitCode.UNKNOWN);
    assertThat(without.err())
        .contains("the right to get secrets in the namespace")
        .endsWith("Or set OKCHAT_API_KEY.\n");
    assertThat(with.exitCode()).isEqualTo(ExitCode.YES);
  }

  @Test
  void findsPassages() {
    // When
    var table = bot.run("search", "support", "open");
    var json = bot.run("search", "support", "open", "-o", "json");
    var none = bot.run("search", "support", "xylophone");

    // Then
    assertThat(table.exitCode()).isEqualTo(ExitCode.YES);
    assertThat(table.out())
        .startsWith("SIMILARITY   DOCUMENT")
        .contains("hours.md", "We are open from nine to five. ^[[31mRed^[[0m.")
        .doesNotContain("\u001b");
    assertThat(json.out()).contains("\"document\" : \"hours.md\"").doesNotContain("\u001b");
    assertThat(none.exitCode()).isEqualTo(ExitCode.NO);
  }

  @Test
  void listsConversationsAndMessages() {
    // Given
    var session = asked().id();

    // When
    var conversations = bot.run("conversations", "support", "-o", "json");
    var messages = bot.run("messages", "support", session);

    // Then
    assertThat(conversations.exitCode()).isEqualTo(ExitCode.YES);
    assertThat(conversations.out()).contains("\"session\" : \"" + session + "\"");
    assertThat(messages.out()).startsWith("TIME").contains("user", QUESTION);
    assertThat(bot.run("conversations", "support", "-o", "name").out()).isEqualTo(session + "\n");
  }

  @Test
  void saysThatThereAreNoConversations() {
    assertThat(bot.run("conversations", "support"))
        .isEqualTo(new PluginRun(ExitCode.NO, "", "There are no conversations.\n"));
  }

  @Test
  void saysThatTheConversationDoesNotExist() {
    // When
    var run = bot.run("messages", "support", "11111111-1111-4111-8111-111111111111");

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run.err()).startsWith("error: Tried to ");
  }

  @Test
  void rejectsATimeThatIsNone() {
    assertThat(bot.run("conversations", "support", "--since", "yesterday"))
        .isEqualTo(
            new PluginRun(
                ExitCode.UNKNOWN,
                "",
                "error: \"yesterday\" is neither an age such as 24h or 7d, nor a day such as"
                    + " 2026-01-31, nor a time.\n"));
  }

  @Test
  void exportsOnceWithACursorAndMasksPersonalData() throws IOException {
    // Given
    var session = asked().id();
    var cursor = folder.resolve("cursor").toString();

    // When
    var first = bot.run("export", "support", "--redact", "--cursor", cursor);
    var second = bot.run("export", "support", "--redact", "--cursor", cursor);

    // Then
    assertThat(first.exitCode()).isEqualTo(ExitCode.YES);
    assertThat(first.out().lines())
        .hasSize(2)
        .allSatisfy(
            line ->
                assertThat(JsonText.MAPPER.readTree(line).path("session").asText())
                    .isEqualTo(session));
    assertThat(first.out()).contains("Write to [email]").doesNotContain("jane@");
    assertThat(first.err()).isEqualTo("Exported 1 conversations.\n");
    assertThat(second).isEqualTo(new PluginRun(ExitCode.YES, "", "Exported 0 conversations.\n"));
    assertThat(Files.readString(Path.of(cursor))).contains(session);
  }

  @Test
  void exportsCsv() {
    // Given
    asked();

    // When
    var run = bot.run("export", "support", "-o", "csv");

    // Then
    assertThat(run.out())
        .startsWith("session,time,sender,content,model\n")
        .contains("\"user\",\"" + QUESTION + "\"");
  }

  @Test
  void appendsToAFileWithOneHeader() throws IOException {
    // Given
    var file = folder.resolve("conversations.csv");
    asked();
    var printed = bot.run("export", "support", "-o", "csv");

    // When
    var first = bot.run("export", "support", "-o", "csv", "--file", file.toString());
    var second = bot.run("export", "support", "-o", "csv", "--file", file.toString());

    // Then
    var done = new PluginRun(ExitCode.YES, "", "Exported 1 conversations.\n");
    assertThat(List.of(first, second)).containsOnly(done);
    assertThat(Files.readString(file))
        .isEqualTo(
            printed.out() + printed.out().replace("session,time,sender,content,model\n", ""));
  }

  @Test
  void writesNoFileWithoutANewConversation() {
    // Given
    var file = folder.resolve("conversations.ndjson");

    // When
    var run = bot.run("export", "support", "--file", file.toString());

    // Then
    assertThat(run).isEqualTo(new PluginRun(ExitCode.YES, "", "Exported 0 conversations.\n"));
    assertThat(file).doesNotExist();
  }

  @Test
  void keepsTheCursorIfTheFileCannotBeWritten() {
    // Given
    asked();
    var cursor = folder.resolve("cursor");
    var file = folder.resolve("absent/conversations.ndjson");

    // When
    var run =
        bot.run("export", "support", "--cursor", cursor.toString(), "--file", file.toString());

    // Then
    assertThat(run)
        .isEqualTo(
            new PluginRun(
                ExitCode.UNKNOWN,
                "",
                """
                error: The file %s cannot be written. Check its folder, the permissions and the free space.
                """
                    .formatted(file)));
    assertThat(cursor).doesNotExist();
  }

  @Test
  void keepsTheCursorOnAFullDisk() {
    // Given
    asked();
    var cursor = folder.resolve("cursor");

    // When
    var run = bot.run("export", "support", "--cursor", cursor.toString(), "--file", "/dev/full");

    // Then
    assertThat(run)
        .isEqualTo(
            new PluginRun(
                ExitCode.UNKNOWN,
                "",
                """
                error: The file /dev/full cannot be written. Check its folder, the permissions and the free space.
                """));
    assertThat(cursor).doesNotExist();
  }

  @Test
  void writesATestCase() {
    // Given
    var session = asked().id();

    // When
    var run = bot.run("case", "support", session);

    // Then
    Golden.check("case", bot.neutral(run));
  }

  @Test
  void saysThatTheChatbotHasNoBot() {
    // Given
    bot.namespace()
        .apply(
            """
            {apiVersion: okchat.ai/v1alpha1, kind: Chatbot, metadata: {name: fresh},
             spec: {name: Fresh, prompt: You help.}}
            """);

    // When
    var run = bot.run("ask", "fresh", "Hello");

    // Then
    assertThat(run)
        .isEqualTo(
            new PluginRun(
                ExitCode.NO,
                "",
                "Chatbot/fresh has no bot yet. Find the cause with: kubectl okchat why fresh\n"));
  }
}
