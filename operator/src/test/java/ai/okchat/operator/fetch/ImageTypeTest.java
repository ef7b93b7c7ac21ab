package ai.okchat.operator.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    var told = ImageType.of(name);

    // Then
    assertThat(told).isEqualTo(type);
  }
}
