package ai.okchat.operator.chatbot;

import ai.okchat.operator.okchat.Upload;

/**
 * Where the avatar's bytes come from.
 *
 * @param digest of what was sent: the bytes, or the link and the request to fetch it again
 * @param sourceDigest of what the spec asks for: the bytes, or the link
 */
record AvatarSource(String digest, String sourceDigest, Content content) {

  /** Brings the bytes when they are to be sent. */
  @FunctionalInterface
  interface Content {
    Upload open();
  }
}
