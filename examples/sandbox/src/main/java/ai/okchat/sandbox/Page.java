package ai.okchat.sandbox;

import ai.okchat.sandbox.http.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

/** The files of the page that shows the bots of an API key, which a user enters there. */
final class Page {
  /** No code, style or request from elsewhere; pictures may come from the links of bots. */
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src"
              + " http: https: data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cache-Control",
          "no-cache");

  private static final Map<String, Reply> FILES =
      Map.of(
          "/", file("index.html", "text/html"),
          "/page.css", file("page.css", "text/css"),
          "/page.js", file("page.js", "text/javascript"));

  private Page() {}

  /** Returns the files by their paths. */
  static Map<String, Reply> files() {
    return FILES;
  }

  private static Reply file(String name, String mediaType) {
    try (var file = Page.class.getResourceAsStream("page/" + name)) {
      return Reply.of(
              200, mediaType + "; charset=utf-8", Objects.requireNonNull(file).readAllBytes())
          .withHeaders(HEADERS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
