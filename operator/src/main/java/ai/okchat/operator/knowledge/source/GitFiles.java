package ai.okchat.operator.knowledge.source;

import ai.okchat.api.v1alpha1.GitSource;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.api.v1alpha1.SecretRef;
import ai.okchat.operator.fetch.GitCredentials;
import ai.okchat.operator.fetch.GitFetcher;
import ai.okchat.operator.fetch.GitFetcher.Remote;
import ai.okchat.operator.fetch.GitFetcher.Revision;
import ai.okchat.operator.fetch.SourceException;
import ai.okchat.planning.document.FileType;
import ai.okchat.planning.document.Globs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * Reads the files of one commit of a git repository. There is no checkout: files are read from the
 * objects, so names cannot leave the folder.
 */
record GitFiles(GitSource spec, Remote remote, GitFetcher fetcher, ContentLimits limits)
    implements Source {

  private static final String REVISION = "revision";
  private static final int MOST_FILES = 1_000_000;

  /** Maximum depth of a folder: all folders that lead to a file are in memory. */
  private static final int MOST_LEVELS = 32;

  /** {@code spec.git}. */
  record Kind(GitSource spec) implements SourceKind {

    @Override
    public boolean isRemote() {
      return true;
    }

    /** A file that {@code include} does not ask for blocks nothing. */
    @Override
    public int failedLimitPercent() {
      return spec.include().isEmpty() ? 100 : 0;
    }

    @Override
    public Optional<SecretRef> secretRef() {
      return Optional.ofNullable(spec.secretRef());
    }

    @Override
    public Reading read(
        KnowledgeSource source,
        SourceClients clients,
        ContentLimits limits,
        Optional<Snapshot> before) {
      var hosts = Set.of(GitFetcher.host(spec.url()));
      var namespace = source.getMetadata().getNamespace();
      return switch (clients
          .secrets()
          .read(namespace, spec.secretRef(), "spec.git.secretRef", hosts)) {
        case SourceSecrets.Values.Missing(var failure) -> new Reading.Missing(failure);
        case SourceSecrets.Values.Found(var secret) -> {
          var remote = new Remote(spec.url(), spec.ref(), GitCredentials.of(secret));
          yield new GitFiles(spec, remote, clients.git(), limits).read(before);
        }
      };
    }
  }

  @Override
  public Reading read(Optional<Snapshot> before) {
    return new Reading.Read(DocumentCollector.read(limits, collector -> fill(collector, before)));
  }

  private void fill(DocumentCollector collector, Optional<Snapshot> before) throws IOException {
    var secrets = collector.workspace().newFolder();
    var revision = fetcher.resolve(remote, secrets);
    collector.mark(REVISION, revision.id());
    if (before.isPresent() && revision.id().equals(before.get().marks().get(REVISION))) {
      keep(collector, before.get());
    } else {
      fetch(collector, revision, secrets);
    }
  }

  /** Copies the previous reading of the same commit and spec. */
  private static void keep(DocumentCollector collector, Snapshot before) {
    before.documents().forEach(collector::keep);
    before.unusable().forEach(collector::reject);
    collector.skipAll(before.omissions());
    collector.omit(before.omissions(), null);
  }

  /** Fetches the repository, and removes it after the documents were read. */
  private void fetch(DocumentCollector collector, Revision revision, Path secrets)
      throws IOException {
    var folder = collector.workspace().newFolder();
    try (var room = collector.workspace().roomBeside()) {
      try (var _ = fetcher.fetch(remote, revision, folder, secrets, limits.documentBytes(), room)) {
        takeAll(collector, revision, folder);
      } finally {
        Workspace.remove(folder);
      }
    }
  }

  private void takeAll(DocumentCollector collector, Revision revision, Path folder)
      throws IOException {
    try (var repository = new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare().build();
        var reader = repository.newObjectReader()) {
      var globs = SourceGlobs.of(spec.include(), spec.exclude());
      var tree = tree(repository, reader, revision);
      if (spec.include().isEmpty()) {
        collector.leaveOutFilesWithoutText();
      }
      if (takeFiles(collector, reader, tree, globs)) {
        new GitLinks(collector, reader, tree, path -> isCandidate(path) && globs.match(path))
            .takeAll();
      }
    }
  }

  /** Adds all files except links, and returns whether there are links. */
  private boolean takeFiles(
      DocumentCollector collector, ObjectReader reader, RevTree tree, Globs globs)
      throws IOException {
    var hasLinks = false;
    try (var files = files(reader, tree)) {
      for (var count = 0; files.next(); count++) {
        collector.requireTime();
        requireFewFiles(count);
        var path = files.getPathString();
        var mode = files.getFileMode(0);
        if (!isFile(mode)) {
          continue;
        }
        if (!isCandidate(path)) {
          skip(collector, globs, path);
        } else if (collector.acceptsName(path) && globs.match(path)) {
          if (mode.equals(FileMode.SYMLINK)) {
            hasLinks = true;
          } else {
            take(collector, reader, path, files.getObjectId(0));
          }
        }
      }
    }
    return hasLinks;
  }

  /** Returns whether {@code include} is left to decide, or the path is that of documentation. */
  private boolean isCandidate(String path) {
    return !spec.include().isEmpty() || Documentation.includes(path);
  }

  /** Skips a file that is not documentation, unless the spec excludes it anyway. */
  private static void skip(DocumentCollector collector, Globs globs, String path) {
    if (path.length() > DocumentCollector.MAX_NAME_BYTES || !globs.match(path)) {
      return;
    }
    var hidden = Documentation.hiddenPart(path);
    if (hidden.isPresent()) {
      collector.skip(hidden.get(), Documentation.HIDDEN);
    } else {
      collector.leaveOut(path, Documentation.NO_DOCUMENTATION);
    }
  }

  /** Returns whether the entry is a file or a link; a submodule is in another repository. */
  private static boolean isFile(FileMode mode) {
    return mode.equals(FileMode.SYMLINK)
        || mode.equals(FileMode.REGULAR_FILE)
        || mode.equals(FileMode.EXECUTABLE_FILE);
  }

  /** Returns the files of the commit; one that was requested by its ID has no ref. */
  private static RevTree tree(Repository repository, ObjectReader reader, Revision revision)
      throws IOException {
    var fetched = repository.resolve(GitFetcher.FETCHED);
    var id = fetched == null ? ObjectId.fromString(revision.id()) : fetched;
    if (!reader.has(id)) {
      throw new SourceException("The repository has no commit at spec.git.ref.", true);
    }
    try (var commits = new RevWalk(reader)) {
      return commits.parseCommit(id).getTree();
    }
  }

  static TreeWalk files(ObjectReader reader, ObjectId tree) throws IOException {
    var walk = new TreeWalk(reader);
    walk.addTree(tree);
    walk.setRecursive(true);
    walk.setFilter(new FewLevels());
    return walk;
  }

  /** Includes everything, and fails before a folder is read that is too deep. */
  private static final class FewLevels extends TreeFilter {

    @Override
    public boolean include(TreeWalk walk) {
      if (walk.isSubtree() && walk.getDepth() + 1 > MOST_LEVELS) {
        throw new SourceException(
            "The repository has more than %d levels of folders, which is the limit. Use another one."
                .formatted(MOST_LEVELS),
            false);
      }
      return true;
    }

    @Override
    public boolean shouldBeRecursive() {
      return false;
    }

    @Override
    public TreeFilter clone() {
      return this;
    }
  }

  /** Adds a file whose name determines the type. */
  static void take(DocumentCollector collector, ObjectReader reader, String path, ObjectId id)
      throws IOException {
    var type = collector.typeOf(path);
    if (type.isPresent()) {
      takeContent(collector, reader, path, type.get(), id);
    }
  }

  /** Adds a file. If it is missing, the server omitted it because of its length. */
  private static void takeContent(
      DocumentCollector collector, ObjectReader reader, String path, FileType type, ObjectId id)
      throws IOException {
    if (!reader.has(id)) {
      collector.rejectTooLong(path);
      return;
    }
    try (var content = reader.open(id).openStream()) {
      collector.take(path, type, content);
    }
  }

  /**
   * Limits the number of paths: a few trees can refer to each other so that there are billions of
   * paths.
   */
  private static void requireFewFiles(int count) {
    if (count >= MOST_FILES) {
      throw new SourceException(
          "The repository has more than %d files, which is the limit. Use a smaller one."
              .formatted(MOST_FILES),
          false);
    }
  }
}
