package ai.okchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.client.ChatRequest;
import ai.okchat.client.Upload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each command exits with 0 for yes, with 1 for no, and above 1 if it could not say. */
class ExitCodesIT {
  /** Command lines that succeed, one for each command. */
  private static final List<String> YES =
      List.of(
          "why support",
          "status",
          "get",
          "suspend support",
          "resume support",
          "refresh support",
          "approve-recreate support",
          "orphans",
          "doctor",
          "diff -f SAME",
          "ask support open?",
          "search support open",
          "conversations support",
          "messages support SESSION",
          "export support",
          "case support SESSION",
          "import UNOWNED -o FOLDER",
          "completion",
          "version");

  /** Command lines with a negative result; completion and version have none. */
  private static final List<String> NO =
      List.of(
          "why absent",
          "status -n BROKEN",
          "get chatbots -n nothing-here",
          "suspend absent",
          "resume absent",
          "refresh absent",
          "approve-recreate absent",
          "orphans --delete absent --yes",
          "doctor -n BROKEN",
          "diff -f CHANGED",
          "ask absent open?",
          "search absent open",
          "conversations absent",
          "messages support 00000000-0000-4000-8000-000000000000",
          "export absent",
          "case support 00000000-0000-4000-8000-000000000000",
          "import 00000000-0000-4000-8000-000000000000 -o FOLDER");

  private static final List<String> LOCAL = List.of("completion", "version");

  private static final TestBot BOT = TestBot.create();
  private static final Map<String, String> NAMES = new TreeMap<>();

  @TempDir private Path folder = Path.of("");

  static List<String> yes() {
    return YES;
  }

  static List<String> no() {
    return NO;
  }

  static Stream<String> commands() {
    return PluginCommands.all().map(PluginCommands::word);
  }

  static Stream<String> withoutConnection() {
    return YES.stream().filter(line -> !LOCAL.contains(line));
  }

  @Test
  void coversEachCommand() {
    assertThat(YES).extracting(ExitCodesIT::command).containsExactlyInAnyOrderElementsOf(words());
    assertThat(Stream.concat(NO.stream(), LOCAL.stream()).map(ExitCodesIT::command))
        .containsExactlyInAnyOrderElementsOf(words());
  }

  @ParameterizedTest
  @MethodSource("yes")
  void isZeroForYes(String line) {
    // When
    var run = run(BOT.namespace().given(), line);

    // Then
    assertThat(run.exitCode()).as(run.transcript()).isZero();
  }

  @ParameterizedTest
  @MethodSource("no")
  void isOneForNo(String line) {
    // When
    var run = run(BOT.namespace().given(), line);

    // Then
    assertThat(run.exitCode()).as(run.transcript()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void isAboveOneForWrongUsage(String command) {
    // When
    var run = run(BOT.namespace().given(), command + " --explode");

    // Then
    assertThat(run.exitCode()).isGreaterThan(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("error: ");
  }

  @ParameterizedTest
  @MethodSource("withoutConnection")
  void isAboveOneWithoutAConnection(String line) throws IOException {
    // Given
    var kubeconfig =
        Files.writeString(
            folder.resolve("config"),
            """
            current-context: here
            contexts: [{name: here, context: {cluster: here, user: me, namespace: shop}}]
            clusters: [{name: here, cluster: {server: "http://127.0.0.1:1"}}]
            users: [{name: me, user: {token: secret}}]
            """);

    // When
    var run = run(PluginRun.Given.nothing().with("KUBECONFIG", kubeconfig.toString()), line);

    // Then
    assertThat(run.exitCode()).as(run.transcript()).isGreaterThan(1);
    assertThat(run.err()).startsWith("error: ");
  }

  private PluginRun run(PluginRun.Given given, String line) {
    var known = names();
    return given.run(
        Stream.of(line.split(" ", -1))
            .map(
                word ->
                    switch (word) {
                      case "FOLDER" -> folder.toString();
                      case "SAME" -> manifest("Support");
                      case "CHANGED" -> manifest("Sales");
                      default -> known.getOrDefault(word, word);
                    })
            .toArray(String[]::new));
  }

  /** Writes the Chatbot {@code support} with a name, and returns the path. */
  private String manifest(String name) {
    try {
      return Files.writeString(
              folder.resolve(name + ".yaml"),
              """
              {apiVersion: okchat.ai/v1alpha1, kind: Chatbot, metadata: {name: support},
               spec: {name: %s, prompt: You help.}}
              """
                  .formatted(name))
          .toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> words() {
    return commands().toList();
  }

  private static String command(String line) {
    return line.split(" ", 2)[0];
  }

  /**
   * A bot with a document and a conversation, one without an object in its namespace, and a
   * namespace whose key the backend rejects.
   */
  private static Map<String, String> names() {
    if (NAMES.isEmpty()) {
      var id = BOT.bot().id();
      BOT.client()
          .uploadKnowledge(
              id,
              List.of(
                  Upload.of(
                      "hours.md",
                      "text/markdown",
                      "We are open from nine to five.".getBytes(StandardCharsets.UTF_8))));
      BOT.client().chat(id, ChatRequest.question("When are you open?", "exit-codes"));
      var broken = TestNamespace.create();
      broken.apply("{apiVersion: v1, kind: Secret, metadata: {name: okchat}, data: {key: YQ==}}");
      broken.apply(
          """
          {apiVersion: okchat.ai/v1alpha1, kind: ChatbotBackend, metadata: {name: default},
           spec: {url: "%s", allowInsecure: true, apiKeySecretRef: {name: okchat, key: key}}}
          """
              .formatted(
                  BOT.namespace()
                      .object(Kind.CHATBOT_BACKEND, "default")
                      .at("/spec/url")
                      .asText()));
      NAMES.put("UNOWNED", TestBot.create().bot().id());
      NAMES.put("BROKEN", broken.name());
      NAMES.put("SESSION", BOT.client().listConversations(id, 1, 10, null).items().getFirst().id());
    }
    return NAMES;
  }
}
