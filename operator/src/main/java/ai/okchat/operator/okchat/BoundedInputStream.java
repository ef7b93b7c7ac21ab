package ai.okchat.operator.okchat;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads up to a limit and refuses what goes beyond it, rather than cutting it off. */
final class BoundedInputStream extends FilterInputStream {
  private final long limit;
  private final String words;
  private long count;

  BoundedInputStream(InputStream in, long limit) {
    this(in, limit, "is longer than " + limit + " bytes");
  }

  /**
   * @param words to follow "the answer" where it is above the limit
   */
  BoundedInputStream(InputStream in, long limit, String words) {
    super(in);
    this.limit = limit;
    this.words = words;
  }

  /** The limit is that of what is read from here on. */
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

  private void counted(int read) throws UnusableAnswerException {
    count += read;
    if (count > limit) {
      throw UnusableAnswerException.aboveLimit(words);
    }
  }
}
