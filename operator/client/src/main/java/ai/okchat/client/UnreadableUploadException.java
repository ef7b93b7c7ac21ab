package ai.okchat.client;

import java.io.IOException;

/**
 * The source of an upload failed: the cause is on the side of the operator, regardless of the
 * connection.
 */
final class UnreadableUploadException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String message;

  UnreadableUploadException(String message) {
    super(message);
    this.message = message;
  }

  String message() {
    return message;
  }
}
