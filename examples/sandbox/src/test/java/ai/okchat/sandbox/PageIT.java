package ai.okchat.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser; skipped on a machine without Chromium. */
final class PageIT {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private static final String BOT =
      """
      {"name": "Shop <img src=x onerror=alert(1)>", "settings": {
        "greeting": "Hello <script>alert(2)</script>",
        "snippet": {"slogan": "Open & friendly", "primaryColor": "#ffd400",
                    "secondaryColor": "red; background: url(http://example.com)"}}}
      """;

  @TempDir(cleanup = CleanupMode.NEVER)
  private Path folder;

  @Test
  void showsTheBotsOfTheKeyAndStreamsAnswers() throws IOException, InterruptedException {
    // Given
    var program = Chromium.program();
    assumeTrue(program.isPresent(), "Install Chromium to test the page: apt-get install chromium");
    var id = SANDBOX.api().post("/api/external/chatbots", BOT).json().at("/chatbot/id").asText();
    SANDBOX.api().upload(id, "hours.md", "Our shop is open from nine to five.");

    try (var browser = Chromium.start(program.get(), folder)) {
      // When
      browser.open(SANDBOX.url() + "/");
      var before = browser.evaluate("document.getElementById('content').hidden").asBoolean();
      submit(browser, "login", "key", RunningSandbox.KEY);
      browser.await("document.querySelectorAll('#documents li').length > 0");
      submit(browser, "chat", "question", "When is the shop open?");
      browser.await(text("messages") + ".includes('nine to five')");
      browser.await(text("conversations") + ".includes('When is the shop open?')");

      // Then
      assertThat(before).isTrue();
      assertThat(browser.evaluate(text("bot-name")).asText())
          .isEqualTo("Shop <img src=x onerror=alert(1)>");
      assertThat(browser.evaluate(text("messages")).asText())
          .startsWith("Hello <script>alert(2)</script>");
      assertThat(browser.evaluate(text("documents")).asText()).startsWith("hours.md");
      assertThat(browser.evaluate("document.querySelectorAll('#content script, nav img').length"))
          .hasToString("0");
      assertThat(browser.evaluate(property("primary")).asText()).isEqualTo("#ffd400");
      assertThat(browser.evaluate(property("on-primary")).asText()).isEqualTo("#000");
      assertThat(browser.evaluate(property("secondary")).asText()).isEqualTo("#e8edf6");
      Files.write(Path.of("target", "page.png"), browser.screenshot());
    }
  }

  @Test
  void explainsARejectedKey() throws IOException, InterruptedException {
    // Given
    var program = Chromium.program();
    assumeTrue(program.isPresent(), "Install Chromium to test the page: apt-get install chromium");

    try (var browser = Chromium.start(program.get(), folder)) {
      // When
      browser.open(SANDBOX.url() + "/");
      submit(browser, "login", "key", "wrong");
      browser.await("!document.getElementById('problem').hidden");

      // Then
      assertThat(browser.evaluate(text("problem")).asText())
          .isEqualTo(
              "The sandbox responded with 401: x-api-key: missing or not a key of this service");
      assertThat(browser.evaluate("document.getElementById('content').hidden").asBoolean())
          .isTrue();
    }
  }

  private static void submit(Chromium browser, String form, String field, String value) {
    browser.evaluate(
        "document.getElementById('%s').value = '%s'; document.getElementById('%s').requestSubmit()"
            .formatted(field, value, form));
  }

  private static String text(String id) {
    return "document.getElementById('%s').textContent".formatted(id);
  }

  private static String property(String name) {
    return "getComputedStyle(document.documentElement).getPropertyValue('--%s')".formatted(name);
  }
}
