package ai.okchat.sandbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The smallest PDF and Word documents, made by hand: no library that reads them writes them. */
final class TestFiles {
  private static final String CONTENT_TYPES =
      """
      <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
        <Default Extension="rels"
          ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
        <Default Extension="xml"
          ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
      </Types>
      """;

  private static final String RELATIONSHIPS =
      """
      <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
        <Relationship Id="rId1" Target="word/document.xml"
          Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>
      </Relationships>
      """;

  private TestFiles() {}

  /** One page with one line. */
  static byte[] pdf(String line) {
    var drawing = "BT /F1 12 Tf 50 700 Td (" + line + ") Tj ET";
    return pdfOf(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            + " /Resources << /Font << /F1 5 0 R >> >> >>",
        "<< /Length " + drawing.length() + " >>\nstream\n" + drawing + "\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  }

  /** Returns a PDF with an image only, as a scanner writes it. */
  static byte[] pdfWithoutText() {
    return pdf("");
  }

  static byte[] docx(String paragraph) throws IOException {
    return docxOf("<w:p><w:r><w:t>" + paragraph + "</w:t></w:r></w:p>");
  }

  /** A few hundred kilobytes that become as many characters as are given. */
  static byte[] hugeDocx(int characters) throws IOException {
    var line = "<w:p><w:r><w:t>" + "a".repeat(1_000) + "</w:t></w:r></w:p>";
    return docxOf(line.repeat(characters / 1_000));
  }

  private static byte[] docxOf(String paragraphs) throws IOException {
    var document =
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">"
            + "<w:body>"
            + paragraphs
            + "</w:body></w:document>";
    return zip(
        Map.of(
            "[Content_Types].xml", CONTENT_TYPES,
            "_rels/.rels", RELATIONSHIPS,
            "word/document.xml", document));
  }

  private static byte[] zip(Map<String, String> entries) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (var entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] pdfOf(String... objects) {
    var pdf = new StringBuilder("%PDF-1.4\n");
    var offsets = new int[objects.length];
    for (var at = 0; at < objects.length; at++) {
      offsets[at] = pdf.length();
      pdf.append(at + 1).append(" 0 obj\n").append(objects[at]).append("\nendobj\n");
    }
    var start = pdf.length();
    pdf.append("xref\n0 ").append(objects.length + 1).append("\n0000000000 65535 f \n");
    pdf.append(
        IntStream.of(offsets)
            .mapToObj("%010d 00000 n \n"::formatted)
            .collect(Collectors.joining()));
    pdf.append("trailer\n<< /Size ").append(objects.length + 1).append(" /Root 1 0 R >>\n");
    pdf.append("startxref\n").append(start).append("\n%%EOF\n");
    return pdf.toString().getBytes(ISO_8859_1);
  }
}
