package ai.okchat.localcluster;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** The files of one cluster. Locked by one process at a time, readable only by the owner. */
final class DataDirectory implements AutoCloseable {

  private static final String LOCK = "lock";

  private final Path root;
  private final boolean keep;
  private final FileChannel lock;

  private DataDirectory(Path root, boolean keep, FileChannel lock) {
    this.root = root;
    this.keep = keep;
    this.lock = lock;
  }

  /**
   * Opens and locks the directory, and creates it if it does not exist. Without {@code keep} it
   * must be new or empty.
   *
   * @param requested null: a new temporary folder
   */
  static DataDirectory open(@Nullable Path requested, boolean keep) {
    try {
      if (requested == null) {
        return lockAndPrepare(Files.createTempDirectory("okchat-cluster-"), keep);
      }
      var root = requested.toAbsolutePath().normalize();
      Files.createDirectories(root);
      if (!isEmpty(root)) {
        rejectUnknownFiles(root, keep);
      }
      return lockAndPrepare(root, keep);
    } catch (IOException e) {
      throw new LocalClusterException("cannot use the data directory " + requested, e);
    }
  }

  private static void rejectUnknownFiles(Path root, boolean keep) {
    if (!keep) {
      throw new LocalClusterException(
          ("the data directory %s is not empty, and would be removed at the end: name another one,"
                  + " or keep it (--keep) to go on with what is there")
              .formatted(root));
    }
    if (!Files.exists(root.resolve(LOCK))) {
      throw new LocalClusterException(
          "the data directory %s holds files that are not of a local cluster: name another one"
              .formatted(root));
    }
  }

  private static DataDirectory lockAndPrepare(Path root, boolean keep) throws IOException {
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
    var file = root.resolve(LOCK);
    var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      throw new LocalClusterException(
          "the data directory " + root + " is in use by another local cluster");
    }
    var directory = new DataDirectory(root, keep, channel);
    Files.createDirectories(directory.logs());
    return directory;
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException lockedByThisProcess) {
      return null;
    }
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (var entries = Files.list(directory)) {
      return entries.findAny().isEmpty();
    }
  }

  Path root() {
    return root;
  }

  boolean keep() {
    return keep;
  }

  Path etcd() {
    return root.resolve("etcd");
  }

  /** Returns the folder of the self-signed serving certificate of the API server. */
  Path certificates() {
    return root.resolve("certificates");
  }

  Path servingCertificate() {
    return certificates().resolve("apiserver.crt");
  }

  Path tokens() {
    return root.resolve("tokens.csv");
  }

  Path serviceAccountKey() {
    return root.resolve("service-account.key");
  }

  Path auditPolicy() {
    return root.resolve("audit-policy.yaml");
  }

  Path kubeconfig() {
    return root.resolve("kubeconfig");
  }

  Path logs() {
    return root.resolve("logs");
  }

  Path log(String program) {
    return logs().resolve(program + ".log");
  }

  /** Writes a file that only its owner can read, from the first byte on. */
  static void writePrivate(Path file, String text) {
    try {
      var temporary =
          Files.createTempFile(file.toAbsolutePath().getParent(), ".", ".tmp"); // mode 600
      Files.writeString(temporary, text);
      Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new LocalClusterException("cannot write " + file, e);
    }
  }

  /** Unlocks the directory, and deletes it unless it is kept. */
  @Override
  public void close() {
    try {
      lock.close();
      if (!keep) {
        DirectoryTree.delete(root);
      }
    } catch (IOException e) {
      throw new LocalClusterException("cannot remove the data directory " + root, e);
    }
  }
}
