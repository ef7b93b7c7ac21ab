package ai.okchat.operator.knowledge.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.okchat.planning.document.ContentSniffer;
import ai.okchat.planning.document.ContentSniffer.Finding;
import ai.okchat.planning.document.FileType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Type and encoding of files, by their bytes. */
class ContentSnifferTest {

  private static final Finding UNKNOWN = new Finding.Rejected(ContentSniffer.UNKNOWN_ENCODING);
  private static final Finding NO_TEXT = new Finding.Rejected(ContentSniffer.NO_TEXT);
  private static final Finding POINTER = new Finding.Rejected(ContentSniffer.KEPT_IN_LFS);
  private static final String LONG_KOREAN = (Encoded.PRICES + "\n").repeat(2_000);

  static Stream<Arguments> texts() {
    return Stream.of(
        arguments("UTF-8", Encoded.utf8(Encoded.PRICES), new Finding.Unchanged()),
        arguments("ASCII", Encoded.utf8("a,b\n1,2\n"), new Finding.Unchanged()),
        arguments(
            "UTF-8, a character in two pieces",
            Encoded.utf8(" ".repeat(8 * 1024 - 1) + "가격"),
            new Finding.Unchanged()),
        arguments("UTF-8 with a mark", marked(UTF_8), new Finding.Recoded(UTF_8, 3)),
        arguments("UTF-16LE with a mark", marked(UTF_16LE), new Finding.Recoded(UTF_16LE, 2)),
        arguments("UTF-16BE with a mark", marked(UTF_16BE), new Finding.Recoded(UTF_16BE, 2)),
        arguments("Windows-949", korean(Encoded.PRICES), new Finding.Recoded(Encoded.CP949, 0)),
        arguments("Windows-949, long", korean(LONG_KOREAN), new Finding.Recoded(Encoded.CP949, 0)),
        arguments("Windows-949, one word", korean("가격"), new Finding.Recoded(Encoded.CP949, 0)),
        arguments(
            "Windows-949 with a few Chinese characters",
            korean("대한민국의 공식 언어는 한국어(韓國語)이다."),
            new Finding.Recoded(Encoded.CP949, 0)),
        arguments("UTF-16LE without a mark", Encoded.PRICES.getBytes(UTF_16LE), UNKNOWN),
        arguments("Japanese", "あいうえお かきくけこ".getBytes(Encoded.SHIFT_JIS), UNKNOWN),
        arguments("Chinese", "不到长城非好汉。".getBytes(Charset.forName("GBK")), UNKNOWN),
        arguments(
            "Chinese, long", "我们的商店每天早上九点开门，晚上九点关门。".getBytes(Charset.forName("GBK")), UNKNOWN),
        arguments("ISO-2022", "ご案内".getBytes(Charset.forName("ISO-2022-JP")), UNKNOWN),
        arguments(
            "ISO-2022 after ASCII",
            ("a ".repeat(9_000) + "ご案内").getBytes(Charset.forName("ISO-2022-JP")),
            UNKNOWN),
        arguments("Western", "Öffnungszeiten: täglich, 25°C, Café".getBytes(ISO_8859_1), UNKNOWN),
        arguments("UTF-8 cut in a character", cut(Encoded.utf8("안녕하세요"), 1), UNKNOWN),
        arguments("ASCII, then cut", cut(Encoded.utf8("a ".repeat(9_000) + "가"), 1), UNKNOWN),
        arguments("UTF-8 with a mark, cut", cut(Encoded.marked("안녕", UTF_8), 1), UNKNOWN),
        arguments("NUL", Encoded.utf8("a\0b"), NO_TEXT),
        arguments("NUL after ASCII", Encoded.utf8("a ".repeat(9_000) + "\0"), NO_TEXT),
        arguments("NUL after Korean", Encoded.utf8("가격".repeat(9_000) + "\0"), NO_TEXT),
        arguments("PDF", Encoded.utf8("%PDF-1.7\n"), NO_TEXT),
        arguments("RTF", Encoded.utf8("{\\rtf1 a}"), NO_TEXT),
        arguments("ZIP", Encoded.utf8("PK\3\4 and more"), NO_TEXT),
        arguments("empty", new byte[0], new Finding.Blank()),
        arguments("spaces", Encoded.utf8("\n \t\u3000\u200B\r\n"), new Finding.Blank()),
        arguments(
            "a mark only", new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}, new Finding.Blank()),
        arguments("pointer", Encoded.utf8(Encoded.POINTER), POINTER),
        arguments(
            "about pointers",
            Encoded.utf8("# Git LFS\n\n    " + Encoded.POINTER),
            new Finding.Unchanged()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void decidesTextByItsBytes(String name, byte[] bytes, Finding expected) throws IOException {
    // When
    var finding = ContentSniffer.read(FileType.CSV, () -> new ByteArrayInputStream(bytes));

    // Then
    assertThat(finding).as(name).isEqualTo(expected);
  }

  static Stream<Arguments> documents() {
    return Stream.of(
        arguments(FileType.PDF, "%PDF-1.7\n", new Finding.Unchanged()),
        arguments(FileType.PDF, "\n\n%PDF-1.4\n", new Finding.Unchanged()),
        arguments(FileType.PDF, "<html>Not found</html>", rejected("pdf")),
        arguments(FileType.PDF, Encoded.POINTER, POINTER),
        arguments(FileType.DOCX, "PK\3\4 word/document.xml", new Finding.Unchanged()),
        arguments(
            FileType.DOCX, "PK\3\4" + " ".repeat(8 * 1024 - 6) + "word/", new Finding.Unchanged()),
        arguments(FileType.DOCX, "PK\3\4 xl/workbook.xml", rejected("docx")),
        arguments(FileType.DOCX, "\u00D0\u00CF\21\u00E0\u00A1\u00B1\32\u00E1", rejected("docx")),
        arguments(
            FileType.DOC,
            "\u00D0\u00CF\21\u00E0\u00A1\u00B1\32\u00E1W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0",
            new Finding.Unchanged()),
        arguments(FileType.DOC, "\u00D0\u00CF\21\u00E0\u00A1\u00B1\32\u00E1", rejected("doc")),
        arguments(FileType.DOC, "{\\rtf1 a}", new Finding.Unchanged()),
        arguments(FileType.DOC, "plain", rejected("doc")),
        arguments(FileType.DOC, "", new Finding.Blank()));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("documents")
  void decidesDocumentByItsSignature(FileType type, String content, Finding expected)
      throws IOException {
    // Given
    var bytes = content.getBytes(ISO_8859_1);

    // When
    var finding = ContentSniffer.read(type, () -> new ByteArrayInputStream(bytes));

    // Then
    assertThat(finding).isEqualTo(expected);
  }

  static Stream<Arguments> pages() {
    var western = "<meta charset=iso-8859-1><p>Öffnungszeiten: täglich, Café</p>";
    return Stream.of(
        arguments(null, Encoded.page("euc-kr", Encoded.CP949), "x-windows-949"),
        arguments(null, Encoded.page("ks_c_5601-1987", Encoded.CP949), "x-windows-949"),
        arguments(null, Encoded.page("utf-8", UTF_8), "UTF-8"),
        arguments(null, Encoded.page("euc-kr", UTF_8), "UTF-8"),
        arguments(null, Encoded.page("utf-8", Encoded.CP949), "x-windows-949"),
        arguments(null, Encoded.page("iso-8859-1", Encoded.CP949), "x-windows-949"),
        arguments(null, Encoded.page("iso-8859-1", UTF_8), "UTF-8"),
        arguments(null, Encoded.page("no-such-charset", Encoded.CP949), "x-windows-949"),
        arguments(null, Encoded.page("utf-16", UTF_8), "UTF-8"),
        arguments(null, Encoded.marked(Encoded.PAGE, UTF_8), "UTF-8"),
        arguments(null, Encoded.marked(Encoded.PAGE, UTF_16LE), "UTF-16LE"),
        arguments("\"EUC-KR\"", Encoded.page("utf-8", Encoded.CP949), "x-windows-949"),
        arguments("ISO-8859-1", Encoded.page("euc-kr", Encoded.CP949), "x-windows-949"),
        arguments(null, western.getBytes(ISO_8859_1), "windows-1252"),
        arguments(
            null,
            "<meta http-equiv=Content-Type content='text/html; charset=Shift_JIS'><p>ご案内</p>"
                .getBytes(Encoded.SHIFT_JIS),
            "windows-31j"),
        arguments(
            null,
            "<?xml version=\"1.0\" encoding=\"gb2312\"?><html><p>配送指南</p></html>"
                .getBytes(Charset.forName("GB18030")),
            "GB18030"),
        arguments(null, "<p>ご案内</p>".getBytes(Encoded.SHIFT_JIS), null));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void findsEncodingOfPage(@Nullable String label, byte[] html, @Nullable String charset)
      throws IOException {
    // When
    var found = ContentSniffer.charsetOfPage(html, head -> CharsetLabels.all(label, head));

    // Then
    assertThat(found.map(Charset::name)).isEqualTo(Optional.ofNullable(charset));
  }

  private static Finding rejected(String extension) {
    return new Finding.Rejected(
        "The content is not that of a .%s file, or it is protected by a password. Correct the file or its extension."
            .formatted(extension));
  }

  private static byte[] korean(String text) {
    return text.getBytes(Encoded.CP949);
  }

  private static byte[] marked(Charset charset) {
    return Encoded.marked(Encoded.PRICES, charset);
  }

  private static byte[] cut(byte[] bytes, int end) {
    return Arrays.copyOf(bytes, bytes.length - end);
  }
}
