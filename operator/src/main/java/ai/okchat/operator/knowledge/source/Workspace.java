package ai.okchat.operator.knowledge.source;

import ai.okchat.client.Sha256;
import ai.okchat.operator.fetch.TemporarySpace;
import ai.okchat.planning.document.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Stores the bytes of a source until they are sent: small ones in memory, all others in a temporary
 * folder that is removed on {@link #close}.
 */
final class Workspace implements AutoCloseable {

  private static final long IN_MEMORY = 1024 * 1024;

  private final TemporarySpace.Room room;
  private final TemporarySpace.Share space;
  private @Nullable Path folder;
  private @Nullable SpoolFile contents;
  private long inMemory;
  private int folders;

  Workspace(TemporarySpace.Room room) {
    this.room = room;
    this.space = room.share();
  }

  /** The content is longer than the limit. */
  static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** Stores bytes that were read already. */
  Content keep(byte[] bytes) throws IOException {
    if (inMemory + bytes.length <= IN_MEMORY) {
      inMemory += bytes.length;
      return Content.of(bytes);
    }
    var file = contents();
    var begin = file.end();
    space.take(bytes.length);
    file.append(bytes, 0, bytes.length);
    return new Content(bytes.length, Sha256.of(bytes), file.part(begin, bytes.length));
  }

  /** Writes the bytes of one document. */
  @FunctionalInterface
  interface Filling {
    void fill(OutputStream document) throws IOException;
  }

  /**
   * Stores a stream without loading it whole.
   *
   * @throws TooLongException if it has more than {@code limit} bytes
   * @throws TemporarySpace.FullException if the temporary folder has no room for it
   */
  Content keep(InputStream stream, long limit) throws IOException {
    return keep(stream::transferTo, limit);
  }

  /** As {@link #keep(InputStream, long)}. */
  Content keep(Filling filling, long limit) throws IOException {
    var begin = position();
    var isComplete = false;
    try (var document = new SpooledDocument(contents(), limit)) {
      filling.fill(document);
      var content = document.content();
      isComplete = true;
      return content;
    } finally {
      if (!isComplete) {
        cut(begin);
      }
    }
  }

  /** Returns the position in the file at which the next stream begins. */
  long position() throws IOException {
    return contents().end();
  }

  /** Removes what was stored in the file from this position on. */
  void cut(long position) throws IOException {
    var file = contents();
    space.giveBack(file.end() - position);
    file.cut(position);
  }

  /** Completes the contents; they can be read from now on. */
  void finish() throws IOException {
    if (contents != null) {
      contents.flush();
    }
  }

  /** Returns room beside the contents, for files that are removed earlier. */
  TemporarySpace.Share roomBeside() {
    return room.share();
  }

  /** Creates an empty folder. */
  Path newFolder() throws IOException {
    return Files.createDirectory(root().resolve("folder-" + folders++));
  }

  @Override
  public void close() {
    if (folder == null) {
      return;
    }
    try {
      if (contents != null) {
        contents.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      remove(folder);
      space.close();
      folder = null;
      contents = null;
    }
  }

  private SpoolFile contents() throws IOException {
    if (contents == null) {
      contents = SpoolFile.create(root().resolve("contents"));
    }
    return contents;
  }

  private Path root() throws IOException {
    if (folder == null) {
      folder = Files.createTempDirectory(StaleTempDirs.prefix());
    }
    return folder;
  }

  /** Removes a folder with all that is in it. */
  static void remove(Path folder) {
    try {
      Files.walkFileTree(folder, new Removal());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A document that is written to the end of the file. */
  private final class SpooledDocument extends OutputStream {

    private final SpoolFile file;
    private final long begin;
    private final long limit;
    private final MessageDigest digest = Sha256.started();

    SpooledDocument(SpoolFile file, long limit) {
      this.file = file;
      this.begin = file.end();
      this.limit = limit;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (file.end() - begin + length > limit) {
        throw new TooLongException();
      }
      space.take(length);
      digest.update(bytes, offset, length);
      file.append(bytes, offset, length);
    }

    Content content() {
      var length = file.end() - begin;
      return new Content(length, Sha256.hex(digest.digest()), file.part(begin, length));
    }
  }

  /** Removes files and folders, and does not follow links. */
  private static final class Removal extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
