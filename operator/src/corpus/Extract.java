package ai.okchat.operator.knowledge.source;

import com.vladsch.flexmark.html2md.converter.FlexmarkHtmlConverter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.dankito.readability4j.Readability4J;

/** Writes the text that each extractor finds on each page: {@code Extract PAGES OUT}. */
final class Extract {

  private static final String URL = "https://docs.example.com/page";

  private interface Extractor {
    String extract(String page) throws IOException;
  }

  private Extract() {}

  public static void main(String[] arguments) throws IOException {
    var pages = Path.of(arguments[0]);
    var out = Path.of(arguments[1]);
    var flexmark = FlexmarkHtmlConverter.builder().build();
    write(
        pages,
        out.resolve("operator"),
        page -> Markdown.ofHtml(page.getBytes("UTF-8"), "UTF-8", URL).orElse(""));
    write(pages, out.resolve("flexmark"), flexmark::convert);
    write(
        pages,
        out.resolve("readability4j"),
        page -> {
          var article = new Readability4J(URL, page).parse();
          return article.getTitle() + "\n\n" + article.getTextContent();
        });
  }

  private static void write(Path pages, Path folder, Extractor extractor) throws IOException {
    Files.createDirectories(folder);
    try (var files = Files.newDirectoryStream(pages, "*.html")) {
      for (var file : files) {
        var name = file.getFileName().toString().replace(".html", ".txt");
        Files.writeString(folder.resolve(name), extractor.extract(Files.readString(file)));
      }
    }
  }
}
