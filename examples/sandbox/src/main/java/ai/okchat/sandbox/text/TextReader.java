package ai.okchat.sandbox.text;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Reads the text of documents, each in a Java process with limited time and memory. So a document
 * can stop no more than its own process.
 */
public final class TextReader {
  /** Time limit for reading one document. */
  public static final Duration LIMIT = Duration.ofSeconds(20);

  private static final String MEMORY = "-Xmx256m";

  /** Exit code of the JVM with {@code -XX:+ExitOnOutOfMemoryError}. */
  private static final int OUT_OF_MEMORY = 3;

  private final Duration limit;

  public TextReader(Duration limit) {
    this.limit = limit;
  }

  /**
   * Reads the text, within the limit.
   *
   * @param type pdf, docx or doc
   */
  public Extraction read(String type, byte[] content) throws InterruptedException {
    try {
      var folder = Files.createTempDirectory("okchat-sandbox-text");
      var document = folder.resolve("document");
      var output = folder.resolve("text");
      try {
        Files.write(document, content);
        return extract(type, document, output);
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Extraction extract(String type, Path document, Path output)
      throws IOException, InterruptedException {
    var process = start(type, document, output);
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return Extraction.failed("could not be read within " + limit.toSeconds() + " seconds");
      }
      return switch (process.exitValue()) {
        case 0 -> Extraction.of(Files.readString(output));
        case ExtractionProcess.REFUSED -> Extraction.failed(Files.readString(output));
        case OUT_OF_MEMORY -> Extraction.failed("takes too much memory to be read");
        default -> Extraction.failed("could not be read");
      };
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** Deletes the folder with all files of the process. */
  private static void delete(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private Process start(String type, Path document, Path output) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command =
        List.of(
            java,
            MEMORY,
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Djava.awt.headless=true",
            "-Djava.io.tmpdir=" + document.getParent(),
            // Otherwise PDFBox writes a file to the home directory.
            "-Dpdfbox.fontcache=" + document.getParent(),
            "-cp",
            System.getProperty("java.class.path"),
            ExtractionProcess.class.getName(),
            type,
            document.toString(),
            Long.toString(limit.plusSeconds(5).toMillis()));
    return new ProcessBuilder(command)
        .redirectInput(new File("/dev/null"))
        .redirectOutput(output.toFile())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
