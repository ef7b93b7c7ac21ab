package ai.okchat.planning;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.okchat.api.v1alpha1.KeyRef;
import ai.okchat.client.Upload;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The value under the key of a ConfigMap: what is sent as the avatar. */
final class AvatarSourceTest {

  private static final KeyRef REF = new KeyRef("pictures", "avatar.png");

  private static final byte[] PNG =
      HexFormat.of().parseHex("89504e470d0a1a0a0000000d4948445200000001000000010806000000");

  private static final String BASE64 = Base64.getEncoder().encodeToString(PNG);

  @Test
  void sendsPictureAsItIs() {
    // When
    var source = stored(REF, PNG);

    // Then
    assertThat(source.digest()).isEqualTo(Digest.of(PNG));
    assertThat(source.sourceDigest()).isEqualTo(Digest.of(PNG));
    assertThat(sent(source)).isEqualTo(new Sent("avatar.png", "image/png", hex(PNG)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "%s\n", "\n  %s  \n", "data:image/png;base64,%s"})
  void decodesPictureThatIsPastedAsBase64Text(String pasted) {
    // Given
    var text = pasted.formatted(BASE64);

    // When
    var source = stored(REF, text.getBytes(UTF_8));

    // Then
    assertThat(source.digest()).isEqualTo(Digest.of(PNG));
    assertThat(sent(source)).isEqualTo(new Sent("avatar.png", "image/png", hex(PNG)));
  }

  @Test
  void decodesBase64TextInLines() {
    // Given
    var picture = new byte[1_000];
    System.arraycopy(PNG, 0, picture, 0, PNG.length);
    var lines = Base64.getMimeEncoder().encode(picture);

    // When
    var source = stored(REF, lines);

    // Then
    assertThat(sent(source)).isEqualTo(new Sent("avatar.png", "image/png", hex(picture)));
  }

  @Test
  void sendsSvgTextAsSvg() {
    // Given
    var svg = "<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(UTF_8);

    // When
    var source = stored(new KeyRef("pictures", "avatar"), svg);

    // Then
    assertThat(sent(source)).isEqualTo(new Sent("avatar", "image/svg+xml", hex(svg)));
  }

  @Test
  void sendsBytesOfAnUnknownTypeByTheirName() {
    // Given
    var bytes = HexFormat.of().parseHex("0000001c66747970617669660000ffee");

    // When
    var source = stored(new KeyRef("pictures", "avatar.avif"), bytes);

    // Then
    assertThat(sent(source))
        .isEqualTo(new Sent("avatar.avif", "application/octet-stream", hex(bytes)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a text           | text",
        "aGVsbG8gd29ybGQ= | text",
        "\ufffdPNG         | text",
        "<!DOCTYPE html><p>로그인</p> | a web page",
        "``               | empty"
      })
  void rejectsTextThatIsNoPicture(String value, String description) {
    // Given
    var source = stored(REF, value.getBytes(UTF_8));

    // When, Then
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> source.content().open())
        .withMessage(
            "The key avatar.png of the ConfigMap pictures, which spec.avatar names, is no picture:"
                + " the value is %s. Store the bytes of a picture in binaryData, as kubectl create"
                + " configmap --from-file does.",
            description);
  }

  private static AvatarSource stored(KeyRef ref, byte[] value) {
    return AvatarSource.stored(ref, value, IllegalArgumentException::new);
  }

  /** An upload as the backend receives it. */
  record Sent(String name, String mediaType, String bytes) {}

  private static Sent sent(AvatarSource source) {
    var upload = source.content().open();
    return new Sent(upload.name(), upload.mediaType(), hex(bytes(upload)));
  }

  private static byte[] bytes(Upload upload) {
    try (var in = upload.source().open()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
