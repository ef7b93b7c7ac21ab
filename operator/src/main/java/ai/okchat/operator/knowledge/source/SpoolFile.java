package ai.okchat.operator.knowledge.source;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import ai.okchat.client.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Stores the bytes of many documents in one file, one after the other: creating a file for each
 * takes longer than reading them. One thread writes, any thread reads.
 */
final class SpoolFile implements AutoCloseable {

  /**
   * Maximum bytes of one read or write. The thread would keep a buffer of the size of a larger one
   * outside the heap.
   */
  private static final int PIECE = 64 * 1024;

  private final FileChannel channel;

  /** Replaced in {@link #close}, because a document may refer to the file for longer. */
  private ByteBuffer unwritten = ByteBuffer.allocate(PIECE);

  private long end;

  private SpoolFile(FileChannel channel) {
    this.channel = channel;
  }

  static SpoolFile create(Path file) throws IOException {
    return new SpoolFile(FileChannel.open(file, CREATE_NEW, READ, WRITE));
  }

  /** Returns the position of the next byte. */
  long end() {
    return end;
  }

  void append(byte[] bytes, int offset, int length) throws IOException {
    for (var from = 0; from < length; ) {
      var part = Math.min(unwritten.remaining(), length - from);
      unwritten.put(bytes, offset + from, part);
      from += part;
      end += part;
      if (!unwritten.hasRemaining()) {
        flush();
      }
    }
  }

  /** Writes the buffer to the file; required before other threads read what was appended. */
  void flush() throws IOException {
    unwritten.flip();
    while (unwritten.hasRemaining()) {
      channel.write(unwritten);
    }
    unwritten.clear();
  }

  /** Removes everything from this position on. */
  void cut(long from) throws IOException {
    var written = end - unwritten.position();
    if (from >= written) {
      unwritten.position((int) (from - written));
    } else {
      unwritten.clear();
      channel.truncate(from);
    }
    end = from;
  }

  /** Returns bytes that were appended and flushed; keeps only their position. */
  Upload.Source part(long from, long length) {
    return () -> new Slice(from, from + length);
  }

  @Override
  public void close() throws IOException {
    unwritten = ByteBuffer.allocate(0);
    channel.close();
  }

  private final class Slice extends InputStream {

    private final long until;
    private long next;

    Slice(long from, long until) {
      this.next = from;
      this.until = until;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, bytes.length);
      if (length == 0) {
        return 0;
      }
      var size = (int) Math.min(Math.min(length, PIECE), until - next);
      if (size == 0) {
        return -1;
      }
      var read = channel.read(ByteBuffer.wrap(bytes, offset, size), next);
      next += Math.max(0, read);
      return read;
    }
  }
}
