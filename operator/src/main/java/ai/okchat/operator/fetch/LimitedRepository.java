package ai.okchat.operator.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.transport.PackParser;

/** A bare repository on disk that reads packs within limits, for every transport. */
final class LimitedRepository extends FileRepository {

  private final GitLimits limits;
  private final TemporarySpace.Share room;
  private final UnpackPermit permit;

  private LimitedRepository(
      Path folder, GitLimits limits, TemporarySpace.Share room, UnpackPermit permit)
      throws IOException {
    super(folder.toFile());
    this.limits = limits;
    this.room = room;
    this.permit = permit;
  }

  /**
   * Creates a repository in an empty folder.
   *
   * @param room space of the temporary folder, for the files that are written next to the packs
   * @param permit acquired at the end of each pack, before its deltas are resolved
   */
  static LimitedRepository create(
      Path folder, GitLimits limits, TemporarySpace.Share room, UnpackPermit permit)
      throws IOException {
    var repository = new LimitedRepository(folder, limits, room, permit);
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
        return new LimitedPackParser(getObjectDatabase(), in, limits, room, permit);
      }
    };
  }
}
