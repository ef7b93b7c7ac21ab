package ai.okchat.operator.knowledge.source;

import com.vladsch.flexmark.html2md.converter.FlexmarkHtmlConverter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jsoup.parser.StreamParser;
import org.jspecify.annotations.Nullable;

/**
 * Converts web pages to clean Markdown: the text of the page without navigation, forms and media.
 * The operator parses one page at a time, because a parsed page takes many times its length.
 */
final class Markdown {

  /** Bytes of a page. */
  static final int MAX_HTML = 5 * 1024 * 1024;

  static final int MAX_ELEMENTS = 50_000;

  /** Tags, comments and everything else that begins with {@code <}; comments are not elements. */
  private static final int MAX_MARKS = 4 * MAX_ELEMENTS;

  /** Bytes in which a page declares its charset. */
  private static final int HEAD_BYTES = 5 * 1024;

  private static final Lock ONE_AT_A_TIME = new ReentrantLock();

  private static final String FURNITURE =
      "script, style, noscript, template, iframe, object, embed, svg, canvas, audio, video, img,"
          + " picture, form, button, input, select, textarea, nav, footer, aside, dialog,"
          + " body > header, [role=navigation], [role=banner], [role=contentinfo],"
          + " [role=complementary], [role=search], [role=dialog], [aria-hidden=true], [hidden]";

  private static final int MOST_CHILDREN = 5_000;

  private static final List<String> MAIN_PARTS =
      List.of("main", "[role=main]", "article", "#content", "body");

  private static final Pattern BLANK_LINES = Pattern.compile("\n[ \t]*+(?:\n[ \t]*+){2,}+");

  /** The page has too many elements to be parsed. */
  static final class TooManyElementsException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private Markdown() {}

  /**
   * Returns the text of a page with its title in front; empty if it has no text.
   *
   * @param charset as the server reports it; null: as the page declares it
   * @param url of the page, to make its links absolute
   * @throws TooManyElementsException if there are more than {@link #MAX_ELEMENTS}
   */
  static Optional<String> ofHtml(byte[] html, @Nullable String charset, String url)
      throws IOException {
    ONE_AT_A_TIME.lock();
    try {
      return ofPage(parse(decoded(html, charset, url), url));
    } finally {
      ONE_AT_A_TIME.unlock();
    }
  }

  private static String decoded(byte[] html, @Nullable String charset, String url)
      throws IOException {
    var head = new ByteArrayInputStream(html, 0, Math.min(html.length, HEAD_BYTES));
    var text = new String(html, Jsoup.parse(head, charset, url).charset());
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /** Parses the page and counts its elements: a page of a few MiB can have millions. */
  private static Document parse(String html, String url) throws IOException {
    if (html.chars().filter(character -> character == '<').limit(MAX_MARKS + 1L).count()
        > MAX_MARKS) {
      throw new TooManyElementsException();
    }
    try (var parser = new StreamParser(Parser.htmlParser()).parse(html, url)) {
      var elements = parser.iterator();
      for (var count = 0; elements.hasNext(); count++) {
        elements.next();
        if (count == MAX_ELEMENTS) {
          throw new TooManyElementsException();
        }
      }
      return parser.document();
    }
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
      // Elements that are nested this deep have no readable text.
      return Optional.empty();
    }
  }

  private static String text(Document page) {
    var title = page.title().strip();
    page.select("a[href]").forEach(Markdown::makeAbsolute);
    var main = mainPart(page);
    var body = converter().convert(main.html()).strip();
    var titled =
        main.select("h1").isEmpty() && !title.isEmpty() && !body.isEmpty()
            ? "# " + title + "\n\n" + body
            : body;
    return BLANK_LINES.matcher(titled).replaceAll("\n\n") + (titled.isEmpty() ? "" : "\n");
  }

  /**
   * Returns whether an element has more children than a written page has: the conversion takes
   * quadratic time for them.
   */
  private static boolean isUnreadable(Document page) {
    return page.stream().anyMatch(element -> element.childrenSize() > MOST_CHILDREN);
  }

  private static void makeAbsolute(Element link) {
    var absolute = link.absUrl("href");
    if (!absolute.isEmpty()) {
      link.attr("href", absolute);
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
