package ai.okchat.operator.fetch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Counts the bytes, refs and time of one fetch while it is read, and fails above the limits. For
 * one thread.
 */
final class GitBudget {

  /** Maximum size of a response that JGit reads completely into memory. */
  static final long MOST_IN_MEMORY = 16L * 1024 * 1024;

  /** Maximum bytes of messages to users that JGit collects. */
  private static final long MOST_OF_MESSAGES = 1024L * 1024;

  private static final int LENGTH_OF_LENGTH = 4;
  private static final byte PACK = 1;
  private static final byte MESSAGES = 2;
  private static final byte ERRORS = 3;
  private static final byte COMMENT = '#';

  private final GitLimits limits;
  private final TemporarySpace.Share room;
  private final long start = System.nanoTime();
  private long bytes;

  /** Creates a budget for responses that stay in memory. */
  GitBudget(GitLimits limits) {
    this(limits, TemporarySpace.unlimited().share());
  }

  /**
   * Creates a budget for responses that are written to disk.
   *
   * @param room space of the temporary folder, reserved before it is needed
   */
  GitBudget(GitLimits limits, TemporarySpace.Share room) {
    this.limits = limits;
    this.room = room;
  }

  /** The server exceeded a limit. */
  static final class ExceededException extends IOException {
    private static final long serialVersionUID = 1L;

    ExceededException(String what) {
      super(what);
    }
  }

  /** How the lines of a response are separated; refs are counted as lines. */
  enum Lines {
    /** Packets of the git protocol: each begins with its length. */
    PACKETS,
    /** A file of refs. */
    TEXT,
    /** No lines. */
    NONE
  }

  /**
   * Returns the stream, which fails if it exceeds the budget. It becomes a file or a part of one.
   *
   * @param most bytes of this stream
   */
  InputStream limited(InputStream stream, Lines lines, long most) throws IOException {
    room.take(TemporarySpace.BLOCK);
    return new Limited(stream, lines, most);
  }

  /**
   * @param start nanoseconds, see {@link System#nanoTime}
   */
  static void requireTime(long start, Duration most) throws ExceededException {
    if (System.nanoTime() - start > most.toNanos()) {
      throw new ExceededException("it needs more than %d seconds".formatted(most.toSeconds()));
    }
  }

  private void countBytes(int more) throws IOException {
    bytes += more;
    requireAtMost(bytes, limits.bytes());
    room.take(more);
  }

  private static void requireAtMost(long bytes, long limit) throws ExceededException {
    if (bytes > limit) {
      throw new ExceededException("it sends %d bytes of at most %d".formatted(bytes, limit));
    }
  }

  private final class Limited extends FilterInputStream {

    private final long most;
    private Lines lines;
    private long read;
    private long messageBytes;
    private int refs;

    /** Position in the packet, including its length. */
    private int at;

    private int packetLength;

    Limited(InputStream stream, Lines lines, long most) {
      super(stream);
      this.lines = lines;
      this.most = most;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      requireTime(start, limits.time());
      var count = super.read(buffer, offset, length);
      if (count > 0) {
        read += count;
        requireAtMost(read, most);
        countBytes(count);
        countLines(buffer, offset, count);
      }
      return count;
    }

    private void countLines(byte[] buffer, int offset, int count) throws ExceededException {
      for (var i = offset; i < offset + count && lines != Lines.NONE; i++) {
        if (lines == Lines.PACKETS) {
          countPacket(buffer[i]);
        } else if (buffer[i] == '\n') {
          countRef();
        }
      }
    }

    private void countRef() throws ExceededException {
      refs++;
      if (refs > limits.refs()) {
        throw new ExceededException("it has %d refs of at most %d".formatted(refs, limits.refs()));
      }
    }

    private void countPacket(byte value) throws ExceededException {
      if (at < LENGTH_OF_LENGTH) {
        countLength(value);
        return;
      }
      if (at == LENGTH_OF_LENGTH) {
        countChannel(value);
      }
      at++;
      if (at == packetLength) {
        endPacket();
      }
    }

    private void countLength(byte value) {
      var digit = Character.digit(value, 16);
      if (digit < 0) {
        lines = Lines.NONE; // A pack follows unchanged.
        return;
      }
      packetLength = packetLength * 16 + digit;
      at++;
      if (at == LENGTH_OF_LENGTH && packetLength <= LENGTH_OF_LENGTH) {
        endPacket();
      }
    }

    /**
     * Counts the first byte after the length. A pack, messages and errors have a channel; JGit
     * keeps all other lines in memory, as it does refs.
     */
    private void countChannel(byte channel) throws ExceededException {
      if (channel == MESSAGES) {
        messageBytes += packetLength;
        requireAtMost(messageBytes, MOST_OF_MESSAGES);
      } else if ((channel > ERRORS || channel < PACK) && channel != COMMENT) {
        countRef();
      }
    }

    private void endPacket() {
      at = 0;
      packetLength = 0;
    }
  }
}
