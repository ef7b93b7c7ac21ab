package ai.okchat.operator.knowledge.source;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Korean files in the encodings in which users save them. */
final class Encoded {

  static final Charset CP949 = Charset.forName("x-windows-949");
  static final Charset SHIFT_JIS = Charset.forName("windows-31j");

  static final String PRICES = "품목,가격\n똠방각하 세트,\"12,000원\"\n설렁탕,9000\n";

  /** A page that names its encoding; the brackets stay for the label. */
  static final String PAGE =
      "<html><head><meta charset=\"%s\"><title>배송 안내</title></head>"
          + "<body><main><p>이틀 안에 도착합니다. 똠!</p></main></body></html>";

  static final String PAGE_AS_TEXT = "# 배송 안내\n\n이틀 안에 도착합니다. 똠!\n";

  static final String POINTER =
      """
      version https://git-lfs.github.com/spec/v1
      oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
      size 12345
      """;

  private Encoded() {}

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A page in this encoding, which its meta element names with the label. */
  static byte[] page(String label, Charset charset) {
    return PAGE.formatted(label).getBytes(charset);
  }

  static byte[] marked(String text, Charset charset) {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes("\uFEFF".getBytes(charset));
    bytes.writeBytes(text.getBytes(charset));
    return bytes.toByteArray();
  }
}
