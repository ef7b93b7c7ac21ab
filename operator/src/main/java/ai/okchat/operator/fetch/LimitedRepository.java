package ai.okchat.operator.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.transport.PackParser;

/**
 * A bare repository on the disk that accepts no object above a limit, whatever the transport: JGit
 * keeps trees, commits, and deltas with their bases in memory, at the length that a pack declares.
 */
final class LimitedRepository extends FileRepository {

  private final long objectBytes;

  private LimitedRepository(Path folder, long objectBytes) throws IOException {
    super(folder.toFile());
    this.objectBytes = objectBytes;
  }

  /** Creates one in an empty folder. */
  static LimitedRepository create(Path folder, long objectBytes) throws IOException {
    var repository = new LimitedRepository(folder, objectBytes);
    repository.create(true);
    return repository;
  }

  /** It would run in the background while the folder is removed. */
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
        var parser = super.newPackParser(in);
        parser.setMaxObjectSizeLimit(objectBytes);
        return parser;
      }
    };
  }
}
