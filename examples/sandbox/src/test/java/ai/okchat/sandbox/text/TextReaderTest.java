package ai.okchat.sandbox.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

class TextReaderTest {

  @Test
  void stopsReadingADocumentThatTakesTooLong() throws InterruptedException {
    // Given
    var reader = new TextReader(Duration.ofMillis(1));

    // When
    var extraction = reader.read("pdf", new byte[] {1});

    // Then
    assertThat(extraction).isEqualTo(Extraction.failed("could not be read within 0 seconds"));
  }

  /** A stream that is a thousand times as long as the file, and no memory to hold it. */
  @Test
  void documentThatExhaustsMemoryEndsOnlyItsOwnProcess() throws Exception {
    // Given
    var reader = new TextReader(TextReader.LIMIT);

    // When
    var extraction = reader.read("pdf", bomb(300 << 20));

    // Then
    assertThat(extraction.text()).isNull();
    assertThat(extraction.problem()).isNotNull();
  }

  @Test
  void doesNotPrintText() {
    // When
    var printed = Extraction.of("a secret").toString();

    // Then
    assertThat(printed).isEqualTo("Extraction[8 characters]");
  }

  private static byte[] bomb(int bytes) throws IOException {
    var stream = new ByteArrayOutputStream();
    try (var zip = new DeflaterOutputStream(stream, new Deflater(Deflater.BEST_SPEED))) {
      var block = "q ".repeat(1 << 19).getBytes(ISO_8859_1);
      for (var at = 0; at < bytes; at += block.length) {
        zip.write(block);
      }
    }
    var file = new ByteArrayOutputStream();
    file.writeBytes(
        """
        %%PDF-1.4
        1 0 obj
        << /Type /Catalog /Pages 2 0 R >>
        endobj
        2 0 obj
        << /Type /Pages /Kids [3 0 R] /Count 1 >>
        endobj
        3 0 obj
        << /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>
        endobj
        4 0 obj
        << /Filter /FlateDecode /Length %d >>
        stream
        """
            .formatted(stream.size())
            .getBytes(ISO_8859_1));
    file.writeBytes(stream.toByteArray());
    file.writeBytes("\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\n".getBytes(ISO_8859_1));
    return file.toByteArray();
  }
}
