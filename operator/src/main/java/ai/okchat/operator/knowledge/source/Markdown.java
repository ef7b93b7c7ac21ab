package ai.okchat.operator.knowledge.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;
import org.jsoup.parser.StreamParser;
import org.jspecify.annotations.Nullable;

/**
 * Converts web pages to Markdown: the text that people read, without navigation, dialogs and media.
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
    var content = MainContent.of(page);
    var writer = new MarkdownWriter(content);
    content.parts().forEach(writer::write);
    var text = writer.text();
    var title = page.title().strip();
    if (text.isBlank()) {
      return Optional.empty();
    }
    var heading = writer.hasTitle() || title.isEmpty() ? "" : "# " + title + "\n\n";
    return Optional.of(heading + text + "\n");
  }
}
