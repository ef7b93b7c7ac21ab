package ai.okchat.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads up to a limit, and fails beyond it instead of truncating. */
final class BoundedInputStream extends FilterInputStream {
  private final long limit;
  private final String message;
  private long count;

  BoundedInputStream(InputStream in, long limit) {
    this(in, limit, "is longer than " + limit + " bytes");
  }

  /**
   * @param message completes the sentence "the response …" of the failure
   */
  BoundedInputStream(InputStream in, long limit, String message) {
    super(in);
    this.limit = limit;
    this.message = message;
  }

  /** Starts counting from zero for the next part. */
  void restart() {
    count = 0;
  }

  @Override
  public int read() throws IOException {
    var next = super.read();
    counted(next < 0 ? 0 : 1);
    return next;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    var read = super.read(target, offset, length);
    counted(Math.max(read, 0));
    return read;
  }

  private void counted(int read) throws UnusableResponseException {
    count += read;
    if (count > limit) {
      throw UnusableResponseException.aboveLimit(message);
    }
  }
}
