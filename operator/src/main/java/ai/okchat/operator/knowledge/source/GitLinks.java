package ai.okchat.operator.knowledge.source;

import ai.okchat.planning.document.FileType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Follows the symbolic links of a commit to files of the same commit, and never out of it. A link
 * to a file that is a document anyway adds nothing; any other gives the file under its own name.
 *
 * @param selects whether a path is that of a document
 */
record GitLinks(
    DocumentCollector collector, ObjectReader reader, ObjectId tree, Predicate<String> selects) {

  static final String LEADS_OUT = "It is a symbolic link, which the operator does not follow.";

  static final String LEADS_NOWHERE =
      "It is a symbolic link to a file that the repository does not have. Correct the link, or"
          + " exclude it.";

  static final String LEADS_TO_A_FOLDER =
      "It is a symbolic link to a folder. Name the files of the folder in include, and exclude the"
          + " link.";

  /** Bytes of a path; git itself has no bound. */
  private static final int LONGEST_LINK = 4096;

  /** Links that lead to another link. */
  private static final int MOST_LINKS = 5;

  /** An entry of the commit. */
  private record Target(String path, FileMode mode, ObjectId id) {

    boolean isFile() {
      return mode.equals(FileMode.REGULAR_FILE) || mode.equals(FileMode.EXECUTABLE_FILE);
    }
  }

  /** Adds the targets of all links that are selected. */
  void takeAll() throws IOException {
    try (var files = GitFiles.files(reader, tree)) {
      while (files.next()) {
        collector.requireTime();
        var path = files.getPathString();
        if (files.getFileMode(0).equals(FileMode.SYMLINK)
            && path.length() <= DocumentCollector.MAX_NAME_BYTES
            && selects.test(path)) {
          take(new Target(path, FileMode.SYMLINK, files.getObjectId(0)));
        }
      }
    }
  }

  private void take(Target link) throws IOException {
    var path = targetPath(link);
    var target = path.isPresent() ? follow(path.get()) : Optional.<Target>empty();
    if (path.isEmpty()) {
      collector.takeNothing(link.path(), LEADS_OUT);
    } else if (target.isEmpty()) {
      collector.takeNothing(link.path(), LEADS_NOWHERE);
    } else if (target.get().isFile()) {
      takeFile(link.path(), target.get());
    } else if (!hasDocuments(target.get())) {
      collector.takeNothing(link.path(), LEADS_TO_A_FOLDER);
    }
  }

  private void takeFile(String link, Target file) throws IOException {
    if (!selects.test(file.path()) || FileType.ofFileName(file.path()).isEmpty()) {
      GitFiles.take(collector, reader, link, file.id());
    }
  }

  /** Returns the entry with this path, or the one that links from there lead to. */
  private Optional<Target> follow(String path) throws IOException {
    var next = find(path);
    for (var count = 1;
        next.isPresent() && next.get().mode().equals(FileMode.SYMLINK) && count < MOST_LINKS;
        count++) {
      var target = targetPath(next.get());
      next = target.isPresent() ? find(target.get()) : Optional.empty();
    }
    return next.filter(target -> !target.mode().equals(FileMode.SYMLINK));
  }

  private Optional<Target> find(String path) throws IOException {
    if (path.isEmpty()) {
      return Optional.of(new Target("", FileMode.TREE, tree));
    }
    try (var found = TreeWalk.forPath(reader, path, tree)) {
      return found == null
          ? Optional.empty()
          : Optional.of(new Target(path, found.getFileMode(0), found.getObjectId(0)));
    }
  }

  /** Returns the path that a link leads to; empty if it leads out of the repository. */
  private Optional<String> targetPath(Target link) throws IOException {
    if (!reader.has(link.id())
        || reader.getObjectSize(link.id(), Constants.OBJ_BLOB) > LONGEST_LINK) {
      return Optional.empty();
    }
    var content = reader.open(link.id(), Constants.OBJ_BLOB);
    var text = new String(content.getCachedBytes(LONGEST_LINK), StandardCharsets.UTF_8);
    if (text.startsWith("/")) {
      return Optional.empty();
    }
    var folder = link.path().substring(0, link.path().lastIndexOf('/') + 1);
    var segments = new ArrayDeque<String>();
    for (var segment : (folder + text).split("/", -1)) {
      if (segment.equals("..")) {
        if (segments.pollLast() == null) {
          return Optional.empty();
        }
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        segments.addLast(segment);
      }
    }
    return Optional.of(String.join("/", segments));
  }

  /** Returns whether documents of the folder are in the source anyway. */
  private boolean hasDocuments(Target folder) throws IOException {
    if (!folder.mode().equals(FileMode.TREE)) {
      return false;
    }
    try (var files = GitFiles.files(reader, folder.id())) {
      var prefix = folder.path().isEmpty() ? "" : folder.path() + "/";
      while (files.next()) {
        collector.requireTime();
        if (selects.test(prefix + files.getPathString())) {
          return true;
        }
      }
      return false;
    }
  }
}
