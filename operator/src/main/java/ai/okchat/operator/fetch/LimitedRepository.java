package ai.okchat.operator.fetch;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.transport.PackParser;

/**
 * A bare repository on disk that rejects an object above a limit, and a pack with too many objects,
 * for every transport. JGit keeps trees, commits, and deltas with their bases in memory, at the
 * length that a pack declares, and a list of all objects, at the number that it declares.
 */
final class LimitedRepository extends FileRepository {

  /** Maximum number of objects, about 60 bytes of memory each. */
  static final int MOST_OBJECTS = 250_000;

  private static final int HEADER_LENGTH = 12;
  private static final int COUNT_OFFSET = 8;

  /** Bytes of an index entry: an ID, a checksum and a position. */
  private static final int INDEX_BYTES = 28;

  private final long objectBytes;
  private final TemporarySpace.Share room;
  private final UnpackPermit permit;

  private LimitedRepository(
      Path folder, long objectBytes, TemporarySpace.Share room, UnpackPermit permit)
      throws IOException {
    super(folder.toFile());
    this.objectBytes = objectBytes;
    this.room = room;
    this.permit = permit;
  }

  /**
   * Creates a repository in an empty folder.
   *
   * @param room space of the temporary folder, for the files that JGit writes next to the packs
   * @param permit acquired at the end of each pack, before its deltas are resolved
   */
  static LimitedRepository create(
      Path folder, long objectBytes, TemporarySpace.Share room, UnpackPermit permit)
      throws IOException {
    var repository = new LimitedRepository(folder, objectBytes, room, permit);
    repository.create(true);
    return repository;
  }

  /** Does nothing: garbage collection would run in the background while the folder is removed. */
  @Override
  public void autoGC(ProgressMonitor monitor) {
    // The repository is read once.
  }

  @Override
  public ObjectInserter newObjectInserter() {
    var inserter = super.newObjectInserter();
    return new ObjectInserter.Filter() {
      @Override
      protected ObjectInserter delegate() {
        return inserter;
      }

      @Override
      public PackParser newPackParser(InputStream in) throws IOException {
        permit.close(); // The server may take its time for another pack.
        var parser = super.newPackParser(acquiringAtEnd(checked(in)));
        parser.setMaxObjectSizeLimit(objectBytes);
        parser.setCheckEofAfterPackFooter(true);
        return parser;
      }
    };
  }

  private InputStream acquiringAtEnd(InputStream pack) {
    return new FilterInputStream(pack) {
      @Override
      public int read() throws IOException {
        return acquireAtEnd(super.read());
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        return acquireAtEnd(super.read(bytes, offset, length));
      }

      private int acquireAtEnd(int read) throws IOException {
        if (read < 0) {
          permit.acquire();
        }
        return read;
      }
    };
  }

  /**
   * Checks the number of objects that the header of the pack declares, and returns the complete
   * pack.
   */
  private InputStream checked(InputStream pack) throws IOException {
    var header = pack.readNBytes(HEADER_LENGTH);
    if (header.length == HEADER_LENGTH) {
      var objects = Integer.toUnsignedLong(ByteBuffer.wrap(header).getInt(COUNT_OFFSET));
      if (objects > MOST_OBJECTS) {
        throw new GitBudget.ExceededException(
            "its pack has %d objects of at most %d".formatted(objects, MOST_OBJECTS));
      }
      room.take(objects * INDEX_BYTES);
    }
    return new SequenceInputStream(new ByteArrayInputStream(header), pack);
  }
}
