package ai.okchat.operator;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.gitops.Kubectl;
import ai.okchat.operator.testing.Backend;
import ai.okchat.operator.testing.OperatorFixture;
import ai.okchat.operator.testing.ProgramRun;
import ai.okchat.operator.testing.SharedCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The manifests of {@code kubectl okchat import} adopt the bots of an account as they are. */
final class ImportIT {
  private static final int BOTS = 50;

  /** Slugs that a parser of YAML reads as another type if nothing quotes them. */
  private static final List<String> SLUGS =
      List.of("yes", "null", "1e3", "0", "on", "true", "0x1f");

  /** Languages of a chat widget; the schema permits each name. */
  private static final List<String> LANGUAGES =
      List.of("auto", "ko", "en", "ja", "zh-Hant", "de", "fr", "es", "vi", "th", "id", "ar", "ru");

  private static final List<String> LOGOS =
      List.of(
          "https://a.example/로고.png?a=%20",
          "https://한국.example:8080/로고.png#1",
          "http://[::1]/logo.png",
          "HTTPS://A.example/logo.png",
          "https://a.example/%zz",
          "https://me@a.example/logo.png",
          "data:image/png;base64,AAAA");

  private static final List<String> TEXTS =
      List.of(
          "Support",
          "고객 지원 챗봇",
          "カスタマーサポート\n二行目",
          "客戶服務: #1",
          "مرحبا بالعالم",
          "Здравствуйте! Чем помочь?",
          "สวัสดี",
          "Xin chào\t!",
          "👩‍👩‍👧 \ud83c\udff4\udb40\udc67\udb40\udc62\udb40\udc7f",
          "yes",
          "null",
          "1e3",
          "~",
          "  leading and trailing  ",
          "- a list\n- of: {things}\n\n...\n---\n# end",
          "tab\there, \"quotes\", 'quotes', \\ and %d",
          "line\r\nbreaks\rof\u2028all kinds",
          "hidden \u202e \u200b \u0007 \u0000 \ufeff characters",
          "changed on their way: \u0085 \u007f \u009b \ufffe",
          "e\u0301 and \u1112\u1161\u11ab are decomposed",
          "&anchor *alias !!tag @at `tick` {{ .Values }} ${HOME} $(id)",
          "trailing blanks \n and\t\nlines\n\n\n");

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  @TempDir private Path folder = Path.of("");

  @Test
  void adoptsEachBotOfAnAccountWithoutAWrite() throws Exception {
    // Given
    world.connectBackend();
    IntStream.range(0, BOTS).forEach(this::create);
    var before = world.backend().bots();
    world.backend().clearJournal();

    // When
    var imported = runPlugin("import", "--all", "-o", folder.toString());
    var checked = apply("--dry-run=server");
    var applied = apply("--server-side");
    var slugs = before.stream().map(bot -> bot.path("slug").asText()).toList();

    // Then
    assertThat(imported.exitCode()).as(imported.output()).isZero();
    assertThat(checked.exitCode()).as(checked.output()).isZero();
    assertThat(applied.exitCode()).as(applied.output()).isZero();
    assertThat(slugs).hasSize(BOTS).allSatisfy(slug -> assertThat(adopted(slug)).isEqualTo(slug));
    assertThat(world.backend().calls()).allMatch(call -> call.method().equals("GET"));
    assertThat(world.backend().bots()).isEqualTo(before);
  }

  @Test
  void keepsTheBotWhenTheImportedObjectIsDeleted() throws Exception {
    // Given
    world.connectBackend();
    create(BOTS);
    runPlugin("import", "--all", "-o", folder.toString());
    apply("--server-side");
    var before = world.backend().bots();
    var slug = before.getFirst().path("slug").asText();
    adopted(slug);

    // When
    world.chatbots(slug).delete();
    world.awaitGone(slug);

    // Then
    assertThat(world.backend().bots()).isEqualTo(before);
  }

  @Test
  void leavesOutTheBotOfAnotherObject() throws Exception {
    // Given
    world.connectBackend();
    world.applyChatbot("owner");
    var id = world.awaitId("owner");

    // When
    var imported = runPlugin("import", id, "-o", folder.toString());

    // Then
    assertThat(imported)
        .isEqualTo(
            new ProgramRun(
                1,
                """
                The bot %s is left out: it belongs to Chatbot/owner.
                Wrote the manifests of 0 of 1 bots.
                """
                    .formatted(id)));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void writesALaterEditOnly() throws Exception {
    // Given
    world.connectBackend();
    create(BOTS);
    runPlugin("import", "--all", "-o", folder.toString());
    apply("--server-side");
    var before = world.backend().bots().getFirst();
    adopted(before.path("slug").asText());
    var file = folder.resolve(before.path("slug").asText() + ".yaml");

    // When
    Files.writeString(file, Files.readString(file).replaceFirst("name: \"Bot .*", "name: Edited"));
    apply("--server-side");
    adopted(before.path("slug").asText());

    // Then
    var after = world.backend().bot(before.path("id").asText());
    assertThat(after.path("name").asText()).isEqualTo("Edited");
    assertThat(after.path("settings")).isEqualTo(before.path("settings"));
  }

  /** Waits until the object is Ready, and returns the slug of its bot. */
  private String adopted(String name) {
    return Objects.requireNonNull(world.awaitReady(name).getStatus().slug());
  }

  private ProgramRun apply(String option) {
    return Kubectl.run("apply", option, "-n", world.namespace(), "-f", folder.toString());
  }

  private ProgramRun runPlugin(String... arguments) {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "ai.okchat.cli.OkChatPlugin"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--namespace", world.namespace()));
    var builder = new ProcessBuilder(command);
    builder.environment().put("KUBECONFIG", SharedCluster.get().kubeconfig().toString());
    var run = ProgramRun.of(builder);
    assertThat(run.output()).doesNotContain(Backend.API_KEY);
    return run;
  }

  private void create(int number) {
    var slug = number < SLUGS.size() ? SLUGS.get(number) : "bot-" + number;
    var bot =
        world
            .backend()
            .createInDashboard(
                Map.of(
                    "name",
                    "Bot " + number + " " + text(number),
                    "slug",
                    slug,
                    "is_public",
                    number % 2 == 0,
                    "settings",
                    settings(number)));
    world.backend().changeInDashboard(bot.path("id").asText(), more(number));
  }

  private static Map<String, Object> settings(int number) {
    var settings = new HashMap<String, Object>();
    if (number % 17 != 3) {
      settings.put("prompt", text(number).repeat(number % 5 == 0 ? 400 : 1) + "You help.");
    }
    if (number % 3 != 0) {
      settings.put("greeting", text(number + 5));
      settings.put("model", number % 2 == 0 ? "gpt-4o-mini" : "claude 4 " + number);
      settings.put("isRequestUserInfoEnabled", number % 4 == 0);
      settings.put("isToolEnabled", number % 4 == 1);
    }
    return settings;
  }

  /** Fields as a dashboard of another version may write them, valid and not. */
  private static Map<String, Object> more(int number) {
    var more = new HashMap<String, Object>();
    more.put(
        "description",
        number % 4 == 0 ? null : number % 4 == 1 ? "🤖".repeat(4096) : text(number + 3));
    more.put("personality_config", Map.of("style", text(number + 7), "tone", text(number + 11)));
    more.put(
        "settings",
        Map.of(
            "avatar",
            "https://files.example/" + number + ".png",
            "snippet",
            Map.of(
                "header",
                text(number + 1),
                "logo",
                LOGOS.get(number % LOGOS.size()),
                "name",
                number % 7 == 0 ? "x".repeat(600) : text(number + 2),
                "primaryColor",
                List.of("#AbC", "#4F46E5", "rgb(1, 2, 3)", "").get(number % 4),
                "secondaryColor",
                "#10b981",
                "slogan",
                text(number + 4))));
    more.put(
        "chat_widget_config",
        Map.of("language", LANGUAGES.get(number % LANGUAGES.size()), "header", text(number)));
    if (number % 3 != 1) {
      more.put("voice_widget_config", voice(number));
    }
    return more;
  }

  private static Map<String, Object> voice(int number) {
    return Map.of(
        "agentId",
        "another",
        "voice",
        number % 8 == 0 ? " " : "shimmer",
        "unknown",
        List.of(1, 2),
        "avatar",
        Map.of("imageUrl", "https://a.example/v.png"),
        "appearance",
        Map.of(
            "backgroundColor", "#FFF",
            "borderColor", "#e1e1e1",
            "buttonColor", "#000000",
            "buttonRadius", number % 2 == 0 ? 32.0 : 32.5,
            "buttonTextColor", "#ffffff",
            "cardRadius", number,
            "focusOutlineColor", "transparent",
            "textColor", "#000"),
        "text",
        Map.of(
            "callToAction", text(number + 6),
            "startCall", text(number + 8),
            "endCall", "",
            "listeningStatus", text(number + 9),
            "speakingStatus", text(number + 10)),
        "model",
        Map.of("max_output_tokens", number % 2 == 0 ? 2048 : 0, "temperature", number / 49.0),
        "vad",
        Map.of("prefix_padding_ms", 500, "silence_duration_ms", 1e3, "threshold", 1.0e-7));
  }

  private static String text(int number) {
    return TEXTS.get(number % TEXTS.size());
  }
}
