package ai.okchat.sandbox.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.tika.exception.EncryptedDocumentException;
import org.apache.tika.exception.TikaException;
import org.apache.tika.exception.WriteLimitReachedException;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.parser.microsoft.OfficeParser;
import org.apache.tika.parser.microsoft.ooxml.OOXMLParser;
import org.apache.tika.parser.pdf.PDFParser;
import org.apache.tika.parser.pdf.PDFParserConfig;
import org.apache.tika.sax.BodyContentHandler;
import org.apache.tika.sax.WriteOutContentHandler;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/**
 * The program that reads one document. It is a process of its own since it may run out of memory,
 * loop forever or crash: {@link TextReader} starts it with limits and reads its output.
 *
 * <p>Prints the text and exits with 0, or prints the problem and exits with {@link #REFUSED}.
 */
final class ExtractionProcess {
  /** Differs from 1 and 3, the exit codes of the JVM itself. */
  static final int REFUSED = 4;

  static final int MAX_CHARACTERS = 2_000_000;

  private ExtractionProcess() {}

  /** Arguments: type, file, and the milliseconds after which the process ends in any case. */
  static void main(String[] arguments) {
    endAfter(Duration.ofMillis(Long.parseLong(arguments[2])));
    var out = new PrintStream(System.out, true, UTF_8);
    // Output of libraries is not text of the document.
    System.setOut(System.err);
    var extraction = extract(arguments[0], Path.of(arguments[1]));
    out.print(extraction.problem() == null ? extraction.text() : extraction.problem());
    out.flush();
    // Not exit: threads of a parser cannot block halt.
    Runtime.getRuntime().halt(extraction.problem() == null ? 0 : REFUSED);
  }

  /** Ends this process after the limit, even if its parent process no longer exists. */
  private static void endAfter(Duration limit) {
    CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> Runtime.getRuntime().halt(1));
  }

  private static Extraction extract(String type, Path file) {
    var text = new WriteOutContentHandler(MAX_CHARACTERS);
    try (var content = TikaInputStream.get(file)) {
      parser(type).parse(content, new BodyContentHandler(text), new Metadata(), context());
      return Extraction.of(text.toString());
    } catch (EncryptedDocumentException e) {
      return Extraction.failed("is protected by a password");
    } catch (IOException | SAXException | TikaException | RuntimeException e) {
      return Extraction.failed(
          WriteLimitReachedException.isWriteLimitReached(e)
              ? "holds more than " + MAX_CHARACTERS + " characters"
              : "is damaged, or not a file of type " + type);
    }
  }

  private static Parser parser(String type) {
    return switch (type) {
      case "pdf" -> {
        var pdf = new PDFParser();
        pdf.getPDFParserConfig().setOcrStrategy(PDFParserConfig.OCR_STRATEGY.NO_OCR);
        yield pdf;
      }
      case "docx" -> new OOXMLParser();
      default -> new OfficeParser();
    };
  }

  private static ParseContext context() {
    var context = new ParseContext();
    context.set(EmbeddedDocumentExtractor.class, new NothingEmbedded());
    return context;
  }

  /** Skips documents in documents, and with them most of the ways to make a small document huge. */
  private static final class NothingEmbedded implements EmbeddedDocumentExtractor {
    @Override
    public boolean shouldParseEmbedded(Metadata metadata) {
      return false;
    }

    @Override
    public void parseEmbedded(
        InputStream stream, ContentHandler handler, Metadata metadata, boolean outputHtml) {}
  }
}
