package ai.okchat.localcluster;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Lets one process at a time fill the store. The operating system releases the lock when the
 * process ends for any reason.
 */
final class StoreLock implements AutoCloseable {

  private final FileChannel channel;

  private StoreLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Waits until no other process has the lock, and acquires it. */
  static StoreLock acquire(BinaryStore store, Progress progress) {
    var file = store.root().resolve("okchat-build.lock");
    try {
      Files.createDirectories(store.root());
      var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      waitFor(channel, file, progress);
      return new StoreLock(channel);
    } catch (IOException e) {
      throw new LocalClusterException("cannot lock " + file, e);
    }
  }

  private static void waitFor(FileChannel channel, Path file, Progress progress)
      throws IOException {
    if (tryLock(channel) != null) {
      return;
    }
    var line = "waiting for another process that fills the store (" + file + ")";
    progress.say(line);
    try (var _ = progress.heartbeat(line, Duration.ofSeconds(15))) {
      while (tryLock(channel) == null) {
        Thread.sleep(Duration.ofMillis(200));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalClusterException("interrupted while waiting for " + file, e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException lockedByThisProcess) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new LocalClusterException("cannot release the store's lock", e);
    }
  }
}
