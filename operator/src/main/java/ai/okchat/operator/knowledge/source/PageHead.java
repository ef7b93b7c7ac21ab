package ai.okchat.operator.knowledge.source;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import okhttp3.HttpUrl;
import org.jsoup.parser.Parser;
import org.jsoup.parser.StreamParser;
import org.jspecify.annotations.Nullable;

/**
 * Facts in the HTML of a page that are no part of its text.
 *
 * @param canonical the address that the page declares as its own; null if it declares none
 */
record PageHead(@Nullable HttpUrl canonical, boolean hasPasswordField) {

  /** Bytes in which a page declares its own address. */
  private static final int MAX_BYTES = 64 * 1024;

  private static final List<String> PASSWORD_FIELDS =
      List.of("type=\"password\"", "type='password'", "type=password");

  /**
   * @param charset as the server reports it; null if unknown, and then only the ASCII part counts
   */
  static PageHead of(byte[] html, @Nullable String charset, HttpUrl url) throws IOException {
    return new PageHead(canonical(html, charset, url), hasPasswordField(html));
  }

  private static @Nullable HttpUrl canonical(byte[] html, @Nullable String charset, HttpUrl url)
      throws IOException {
    var head =
        new String(
            html,
            0,
            Math.min(html.length, MAX_BYTES),
            charset == null ? StandardCharsets.UTF_8 : Charset.forName(charset));
    if (!head.toLowerCase(Locale.ROOT).contains("canonical")) {
      return null;
    }
    try (var parser = new StreamParser(Parser.htmlParser()).parse(head, url.toString())) {
      var link = parser.selectFirst("link[rel=canonical][href]");
      return link == null ? null : HttpUrl.parse(link.absUrl("href"));
    }
  }

  private static boolean hasPasswordField(byte[] html) {
    var text = new String(html, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    return PASSWORD_FIELDS.stream().anyMatch(text::contains);
  }
}
