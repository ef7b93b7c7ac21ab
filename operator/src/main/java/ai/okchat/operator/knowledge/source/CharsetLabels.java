package ai.okchat.operator.knowledge.source;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * Reads the labels of encodings as browsers do (WHATWG Encoding): many labels mean a larger
 * encoding than their name says, such as {@code euc-kr} for Windows-949.
 */
final class CharsetLabels {

  private static final String UTF_8 = "UTF-8";
  private static final String KOREAN = "x-windows-949";
  private static final String JAPANESE = "windows-31j";
  private static final String CHINESE = "GB18030";
  private static final String TAIWANESE = "Big5-HKSCS";
  private static final String WESTERN = "windows-1252";

  /** Labels whose meaning is not what the JDK takes them for, or that it does not know. */
  private static final Map<String, String> MEANINGS =
      Map.ofEntries(
          Map.entry("utf8", UTF_8),
          Map.entry("unicode-1-1-utf-8", UTF_8),
          Map.entry("euc-kr", KOREAN),
          Map.entry("euc_kr", KOREAN),
          Map.entry("euckr", KOREAN),
          Map.entry("cseuckr", KOREAN),
          Map.entry("korean", KOREAN),
          Map.entry("ks_c_5601-1987", KOREAN),
          Map.entry("ks_c_5601-1989", KOREAN),
          Map.entry("csksc56011987", KOREAN),
          Map.entry("ksc5601", KOREAN),
          Map.entry("ksc_5601", KOREAN),
          Map.entry("iso-ir-149", KOREAN),
          Map.entry("windows-949", KOREAN),
          Map.entry("cp949", KOREAN),
          Map.entry("ms949", KOREAN),
          Map.entry("uhc", KOREAN),
          Map.entry("shift_jis", JAPANESE),
          Map.entry("shift-jis", JAPANESE),
          Map.entry("sjis", JAPANESE),
          Map.entry("x-sjis", JAPANESE),
          Map.entry("csshiftjis", JAPANESE),
          Map.entry("ms_kanji", JAPANESE),
          Map.entry("ms932", JAPANESE),
          Map.entry("gb2312", CHINESE),
          Map.entry("gb_2312", CHINESE),
          Map.entry("gb_2312-80", CHINESE),
          Map.entry("csgb2312", CHINESE),
          Map.entry("chinese", CHINESE),
          Map.entry("gbk", CHINESE),
          Map.entry("x-gbk", CHINESE),
          Map.entry("big5", TAIWANESE),
          Map.entry("cn-big5", TAIWANESE),
          Map.entry("x-x-big5", TAIWANESE),
          Map.entry("iso-8859-1", WESTERN),
          Map.entry("iso8859-1", WESTERN),
          Map.entry("iso_8859-1", WESTERN),
          Map.entry("latin1", WESTERN),
          Map.entry("ascii", WESTERN),
          Map.entry("us-ascii", WESTERN),
          Map.entry("iso-8859-9", "windows-1254"),
          Map.entry("iso-8859-11", "windows-874"),
          Map.entry("tis-620", "windows-874"));

  private CharsetLabels() {}

  /**
   * Returns the encodings that a page is labelled with, the most trusted one first.
   *
   * @param label as the server reports it; null: none
   * @param head first part of the page
   */
  static List<Charset> all(@Nullable String label, String head) {
    return Stream.of(Stream.ofNullable(label), declaration(head).stream(), elements(head))
        .flatMap(labels -> labels)
        .flatMap(text -> charset(text).stream())
        .distinct()
        .toList();
  }

  /** Returns the encoding that a label means; a page whose label is readable is no UTF-16. */
  static Optional<Charset> charset(String label) {
    var plain = label.replace('"', ' ').replace('\'', ' ').strip().toLowerCase(Locale.ROOT);
    try {
      var charset = Charset.forName(MEANINGS.getOrDefault(plain, plain));
      return Optional.of(
          charset.name().startsWith("UTF-16") || charset.name().startsWith("UTF-32")
              ? StandardCharsets.UTF_8
              : charset);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Returns the label of an XML declaration, which is in the first line. */
  private static Optional<String> declaration(String head) {
    var end = head.indexOf("?>");
    if (!head.startsWith("<?xml") || end < 0) {
      return Optional.empty();
    }
    return after(head.substring(0, end), "encoding");
  }

  private static Stream<String> elements(String head) {
    return Jsoup.parse(head).select("meta[charset], meta[http-equiv=content-type]").stream()
        .flatMap(meta -> label(meta).stream());
  }

  private static Optional<String> label(Element meta) {
    return meta.hasAttr("charset")
        ? Optional.of(meta.attr("charset"))
        : after(meta.attr("content"), "charset");
  }

  /** Returns the value behind a name and an equals sign, up to a separator. */
  private static Optional<String> after(String text, String name) {
    var at = text.toLowerCase(Locale.ROOT).indexOf(name);
    if (at < 0) {
      return Optional.empty();
    }
    var value = text.substring(at + name.length()).strip();
    if (!value.startsWith("=")) {
      return Optional.empty();
    }
    var unquoted = value.substring(1).replace('"', ' ').replace('\'', ' ').strip();
    var end = 0;
    while (end < unquoted.length() && " \t\r\n;,".indexOf(unquoted.charAt(end)) < 0) {
      end++;
    }
    return Optional.of(unquoted.substring(0, end));
  }
}
