package ai.okchat.operator.chatbot;

import ai.okchat.operator.okchat.Upload;

/**
 * Where the avatar's bytes come from.
 *
 * @param digest of the bytes, or of the link where they are only fetched to be sent
 */
record AvatarSource(String digest, Content content) {

  /** Brings the bytes when they are to be sent. */
  @FunctionalInterface
  interface Content {
    Upload open();
  }
}
