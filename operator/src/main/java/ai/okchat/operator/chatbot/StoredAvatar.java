package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.KeyRef;
import ai.okchat.client.Upload;
import ai.okchat.operator.fetch.FetchException;
import ai.okchat.planning.AvatarSource;
import ai.okchat.planning.ImageType;
import okio.ByteString;

/** The avatar in a ConfigMap, and what is sent of it. */
final class StoredAvatar {

  private StoredAvatar() {}

  /**
   * Returns the source of the avatar.
   *
   * @throws FetchException when it is opened, if the value is text that is no picture
   */
  static AvatarSource of(KeyRef ref, byte[] value) {
    return AvatarSource.stored(value, picture -> upload(ref, picture));
  }

  private static Upload upload(KeyRef ref, ByteString picture) {
    var type = ImageType.of(picture);
    if (type.isEmpty() && ImageType.isText(picture)) {
      throw new FetchException(
          "The key %s of the ConfigMap %s, which spec.avatar names, is no picture: the value is %s. Store the bytes of a picture in binaryData, as kubectl create configmap --from-file does."
              .formatted(ref.key(), ref.name(), ImageType.describe(picture)),
          false);
    }
    return Upload.of(
        ref.key(), type.orElseGet(() -> ImageType.ofName(ref.key())), picture.toByteArray());
  }
}
