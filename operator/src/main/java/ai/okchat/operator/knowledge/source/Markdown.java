package ai.okchat.operator.knowledge.source;

import com.vladsch.flexmark.html2md.converter.FlexmarkHtmlConverter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** Turns web pages into clean Markdown: the text of the page and not its furniture. */
final class Markdown {

  /** Bytes; a parsed page takes many times its length. */
  static final int MAX_HTML = 5 * 1024 * 1024;

  private static final String FURNITURE =
      "script, style, noscript, template, iframe, object, embed, svg, canvas, audio, video, img,"
          + " picture, form, button, input, select, textarea, nav, footer, aside, dialog,"
          + " body > header, [role=navigation], [role=banner], [role=contentinfo],"
          + " [role=complementary], [role=search], [role=dialog], [aria-hidden=true], [hidden]";

  private static final int MOST_CHILDREN = 5_000;

  private static final List<String> MAIN_PARTS =
      List.of("main", "[role=main]", "article", "#content", "body");

  private static final Pattern BLANK_LINES = Pattern.compile("\n[ \t]*+(?:\n[ \t]*+){2,}+");

  private Markdown() {}

  /** The text of a page, its title in front; empty where there is none to be had. */
  static Optional<String> ofHtml(String html) {
    return ofPage(Jsoup.parse(html));
  }

  /**
   * The text of a page as a server sends it.
   *
   * @param charset as the server says; null: as the page says
   * @param url of the page, so that its links can be made whole
   */
  static Optional<String> ofHtml(byte[] html, @Nullable String charset, String url)
      throws IOException {
    return ofPage(Jsoup.parse(new ByteArrayInputStream(html), charset, url));
  }

  private static Optional<String> ofPage(Document page) {
    try {
      page.select(FURNITURE).remove();
      if (isUnreadable(page)) {
        return Optional.empty();
      }
      var text = text(page);
      return text.isBlank() ? Optional.empty() : Optional.of(text);
    } catch (StackOverflowError e) {
      // Nested without an end: nobody wrote it, and nobody can read it.
      return Optional.empty();
    }
  }

  private static String text(Document page) {
    var title = page.title().strip();
    page.select("a[href]").forEach(Markdown::makeWhole);
    var main = mainPart(page);
    var body = converter().convert(main.html()).strip();
    var titled =
        main.select("h1").isEmpty() && !title.isEmpty() && !body.isEmpty()
            ? "# " + title + "\n\n" + body
            : body;
    return BLANK_LINES.matcher(titled).replaceAll("\n\n") + (titled.isEmpty() ? "" : "\n");
  }

  /** Nobody wrote this, and turning it into text takes the square of its time. */
  private static boolean isUnreadable(Document page) {
    return page.stream().anyMatch(element -> element.childrenSize() > MOST_CHILDREN);
  }

  private static void makeWhole(Element link) {
    var whole = link.absUrl("href");
    if (!whole.isEmpty()) {
      link.attr("href", whole);
    }
  }

  private static Element mainPart(Document page) {
    return MAIN_PARTS.stream()
        .map(page::selectFirst)
        .filter(part -> part != null && !part.text().isBlank())
        .findFirst()
        .orElse(page.body());
  }

  private static FlexmarkHtmlConverter converter() {
    return FlexmarkHtmlConverter.builder().build();
  }
}
