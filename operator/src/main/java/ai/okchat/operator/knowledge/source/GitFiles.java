package ai.okchat.operator.knowledge.source;

import ai.okchat.api.v1alpha1.GitSource;
import ai.okchat.operator.fetch.GitFetcher;
import ai.okchat.operator.fetch.GitFetcher.Remote;
import ai.okchat.operator.fetch.GitFetcher.Revision;
import ai.okchat.operator.fetch.SourceException;
import ai.okchat.operator.knowledge.document.FileType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Files of one commit of a git repository. There is no checkout: files are read from the objects,
 * so links lead nowhere, and names can not leave the folder.
 */
record GitFiles(GitSource spec, Remote remote, GitFetcher fetcher, ContentLimits limits)
    implements Source {

  private static final String REVISION = "revision";
  private static final int MOST_FILES = 1_000_000;

  @Override
  public Reading read(Optional<Snapshot> before) {
    return new Reading.Read(Intake.read(limits, intake -> fill(intake, before)));
  }

  private void fill(Intake intake, Optional<Snapshot> before) throws IOException {
    var secrets = intake.workspace().newFolder();
    var revision = fetcher.resolve(remote, secrets);
    intake.mark(REVISION, revision.id());
    if (before.isPresent() && revision.id().equals(before.get().marks().get(REVISION))) {
      keep(intake, before.get());
    } else {
      fetch(intake, revision, secrets);
    }
  }

  /** The same commit, by the same spec: all is as it was. */
  private static void keep(Intake intake, Snapshot before) {
    before.documents().forEach(intake::keep);
    before.unusable().forEach(it -> intake.reject(it.name(), it.why()));
  }

  /** The repository does not stay beside the documents that were read from it. */
  private void fetch(Intake intake, Revision revision, Path secrets) throws IOException {
    var folder = intake.workspace().newFolder();
    try (var room = intake.workspace().roomBeside()) {
      try {
        fetcher.fetch(remote, revision, folder, secrets, limits.documentBytes(), room);
        takeAll(intake, revision, folder);
      } finally {
        Workspace.remove(folder);
      }
    }
  }

  private void takeAll(Intake intake, Revision revision, Path folder) throws IOException {
    try (var repository = new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare().build();
        var reader = repository.newObjectReader();
        var files = files(repository, reader, revision)) {
      var globs = Globs.of(spec.include(), spec.exclude());
      for (var count = 0; files.next(); count++) {
        intake.requireTime();
        requireFewFiles(count);
        var path = files.getPathString();
        if (intake.acceptsName(path)
            && globs.match(path)
            && (!spec.include().isEmpty() || !isHidden(path))) {
          take(intake, reader, files);
        }
      }
    }
  }

  /** A commit that was asked for by its id is there without a ref. */
  private static TreeWalk files(Repository repository, ObjectReader reader, Revision revision)
      throws IOException {
    var fetched = repository.resolve(GitFetcher.FETCHED);
    var id = fetched == null ? ObjectId.fromString(revision.id()) : fetched;
    if (!reader.has(id)) {
      throw new SourceException("The repository has no commit at spec.git.ref.", true);
    }
    try (var commits = new RevWalk(reader)) {
      var walk = new TreeWalk(repository, reader);
      walk.addTree(commits.parseCommit(id).getTree());
      walk.setRecursive(true);
      return walk;
    }
  }

  private static void take(Intake intake, ObjectReader reader, TreeWalk file) throws IOException {
    var path = file.getPathString();
    var mode = file.getFileMode(0);
    if (mode.equals(FileMode.SYMLINK)) {
      intake.reject(path, "It is a symbolic link, and those are not followed.");
    } else if (mode.equals(FileMode.REGULAR_FILE) || mode.equals(FileMode.EXECUTABLE_FILE)) {
      var type = intake.typeOf(path);
      if (type.isPresent()) {
        takeContent(intake, reader, path, type.get(), file.getObjectId(0));
      }
    }
  }

  /** A file that is missing was left out by the server because of its length. */
  private static void takeContent(
      Intake intake, ObjectReader reader, String path, FileType type, ObjectId id)
      throws IOException {
    if (!reader.has(id)) {
      intake.rejectTooLong(path);
      return;
    }
    try (var content = reader.open(id).openStream()) {
      intake.take(path, type, content);
    }
  }

  /** A few trees can name each other so that there are billions of paths. */
  private static void requireFewFiles(int count) {
    if (count >= MOST_FILES) {
      throw new SourceException(
          "The repository has more than %d files, which is the limit. Use a smaller one."
              .formatted(MOST_FILES),
          false);
    }
  }

  /** Settings of tools, not documents, unless the spec asks for them. */
  private static boolean isHidden(String path) {
    return Stream.of(path.split("/")).anyMatch(part -> part.startsWith("."));
  }
}
