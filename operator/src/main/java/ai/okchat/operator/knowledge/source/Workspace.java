package ai.okchat.operator.knowledge.source;

import ai.okchat.operator.fetch.TemporarySpace;
import ai.okchat.operator.knowledge.document.Content;
import ai.okchat.operator.knowledge.document.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Stores the bytes of a source until they are sent: small ones in memory, all others in a temporary
 * folder that is removed on {@link #close}.
 */
final class Workspace implements AutoCloseable {

  private static final int CHUNK = 64 * 1024;
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
    file.append(bytes, bytes.length);
    return new Content(bytes.length, Sha256.of(bytes), file.part(begin, bytes.length));
  }

  /**
   * Stores a stream without loading it whole.
   *
   * @throws TooLongException if it has more than {@code limit} bytes
   * @throws TemporarySpace.FullException if the temporary folder has no room for it
   */
  Content keep(InputStream stream, long limit) throws IOException {
    var file = contents();
    var begin = file.end();
    var isComplete = false;
    try {
      var digest = append(file, stream, limit);
      isComplete = true;
      var length = file.end() - begin;
      return new Content(length, Sha256.hex(digest), file.part(begin, length));
    } finally {
      if (!isComplete) {
        space.giveBack(file.end() - begin);
        file.cut(begin);
      }
    }
  }

  private byte[] append(SpoolFile file, InputStream stream, long limit) throws IOException {
    var begin = file.end();
    var digest = Sha256.started();
    var chunk = new byte[CHUNK];
    for (var read = stream.read(chunk); read >= 0; read = stream.read(chunk)) {
      if (file.end() - begin + read > limit) {
        throw new TooLongException();
      }
      space.take(read);
      digest.update(chunk, 0, read);
      file.append(chunk, read);
    }
    return digest.digest();
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
