package ai.okchat.planning;

import ai.okchat.api.v1alpha1.KeyRef;
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
   * @param ref names the value: in the upload, and in messages
   * @param failure makes the exception that {@link Content#open} throws for text that is no picture
   */
  public static AvatarSource stored(
      KeyRef ref, byte[] value, Function<String, ? extends RuntimeException> failure) {
    var picture = decoded(ByteString.of(value));
    var digest = Digest.of(picture.toByteArray());
    return new AvatarSource(digest, digest, () -> upload(ref, picture, failure));
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

  private static Upload upload(
      KeyRef ref, ByteString picture, Function<String, ? extends RuntimeException> failure) {
    var type = ImageType.of(picture);
    if (type.isEmpty() && ImageType.isText(picture)) {
      throw failure.apply(
          "The key %s of the ConfigMap %s, which spec.avatar names, is no picture: the value is %s. Store the bytes of a picture in binaryData, as kubectl create configmap --from-file does."
              .formatted(ref.key(), ref.name(), ImageType.describe(picture)));
    }
    return Upload.of(
        ref.key(), type.orElseGet(() -> ImageType.ofName(ref.key())), picture.toByteArray());
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
