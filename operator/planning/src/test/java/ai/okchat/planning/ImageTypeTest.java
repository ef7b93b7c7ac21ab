package ai.okchat.planning;

import static org.assertj.core.api.Assertions.assertThat;

import okio.ByteString;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageTypeTest {

  @ParameterizedTest
  @CsvSource({
    "avatar.png, image/png",
    "AVATAR.PNG, image/png",
    "a.b.jpg, image/jpeg",
    "a.jpeg, image/jpeg",
    "a.gif, image/gif",
    "a.webp, image/webp",
    "a.svg, image/svg+xml",
    "png, image/png",
    "a.bmp, application/octet-stream",
    "avatar, application/octet-stream",
    "avatar., application/octet-stream"
  })
  void readsTypeFromExtension(String name, String type) {
    // When
    var told = ImageType.ofName(name);

    // Then
    assertThat(told).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource({
    "89504e470d0a1a0a00, image/png",
    "ffd8ffe000104a46, image/jpeg",
    "474946383961ff, image/gif",
    "474946383761ff, image/gif",
    "524946462400000057454250565038, image/webp"
  })
  void readsTypeOfBitmapsFromTheirBytes(String hex, String type) {
    // When
    var told = ImageType.of(ByteString.decodeHex(hex));

    // Then
    assertThat(told).contains(type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "\ufeff<?xml version='1.0'?>\n<!-- a > b -->\n<SVG>",
        "  <!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' ''><svg/>"
      })
  void readsSvgFromItsFirstTag(String text) {
    // When
    var told = ImageType.of(ByteString.encodeUtf8(text));

    // Then
    assertThat(told).contains("image/svg+xml");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                                          | empty",
        "iVBORw0KGgo=                                | text",
        "PNG                                         | text",
        "<!-- <svg> -->                              | text",
        "<?xml version='1.0'                         | text",
        "<p><svg/></p>                               | text",
        "<!doctype html><html><svg/></html>          | a web page",
        "<!-- a --> <HTML lang='ko'><svg/></HTML>    | a web page"
      })
  void describesTextThatIsNoPicture(String text, String description) {
    // Given
    var bytes = ByteString.encodeUtf8(text);

    // When
    var told = ImageType.describe(bytes);

    // Then
    assertThat(ImageType.of(bytes)).isEmpty();
    assertThat(told).isEqualTo(description);
  }

  @ParameterizedTest
  @ValueSource(strings = {"89504e47", "52494646240000005741564566ff", "255044462d312e37e2e3cfd3"})
  void describesOtherBytesAsUnknown(String hex) {
    // Given
    var bytes = ByteString.decodeHex(hex);

    // When
    var told = ImageType.describe(bytes);

    // Then
    assertThat(ImageType.of(bytes)).isEmpty();
    assertThat(told).isEqualTo("of an unknown type");
  }
}
