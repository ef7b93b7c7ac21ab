package ai.okchat.planning;

import ai.okchat.client.Upload;
import java.util.function.Function;
import okio.ByteString;

/**
 * The source of the avatar.
 *
 * @param digest of what the operator sends: the bytes, or the link and the annotation that requests
 *     to fetch it again
 * @param sourceDigest of what the spec names: the bytes, or the link
 */
public record AvatarSource(String digest, String sourceDigest, Content content) {

  /** Reads or fetches the bytes when the operator has to send them. */
  @FunctionalInterface
  public interface Content {
    Upload open();
  }

  /**
   * Returns the picture in a ConfigMap. Base64 text of a picture, as users paste it into {@code
   * data}, is decoded.
   *
   * @param upload makes the upload of the picture, or fails if it is no picture
   */
  public static AvatarSource stored(byte[] value, Function<ByteString, Upload> upload) {
    var picture = decoded(ByteString.of(value));
    var digest = Digest.of(picture.toByteArray());
    return new AvatarSource(digest, digest, () -> upload.apply(picture));
  }

  /**
   * Returns the picture behind a link, which stands for the bytes. It is fetched again when the
   * link or the request changes.
   *
   * @param requestedAt value of {@link ResolvedInputs#REQUESTED_AT_ANNOTATION}; empty if not set
   */
  public static AvatarSource linked(String url, String requestedAt, Content content) {
    return new AvatarSource(Digest.of(url + "@" + requestedAt), Digest.of(url), content);
  }

  private static ByteString decoded(ByteString value) {
    if (ImageType.of(value).isPresent() || !ImageType.isText(value)) {
      return value;
    }
    var decoded = ByteString.decodeBase64(withoutDataUri(value.utf8()));
    return decoded != null && ImageType.of(decoded).isPresent() ? decoded : value;
  }

  /** Removes a prefix such as {@code data:image/png;base64,}. */
  private static String withoutDataUri(String text) {
    var uri = text.strip();
    return uri.startsWith("data:") ? uri.substring(uri.indexOf(',') + 1) : uri;
  }
}
