package ai.okchat.operator.chatbot;

import ai.okchat.client.Upload;

/**
 * The source of the avatar.
 *
 * @param digest of what the operator sends: the bytes, or the link and the annotation that requests
 *     to fetch it again
 * @param sourceDigest of what the spec names: the bytes, or the link
 */
record AvatarSource(String digest, String sourceDigest, Content content) {

  /** Reads or fetches the bytes when the operator has to send them. */
  @FunctionalInterface
  interface Content {
    Upload open();
  }
}
