package ai.okchat.operator.okchat;

import java.io.IOException;

/** The source of an upload failed: the fault is on this side, whatever became of the connection. */
final class UnreadableUploadException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String words;

  UnreadableUploadException(String words) {
    super(words);
    this.words = words;
  }

  String words() {
    return words;
  }
}
