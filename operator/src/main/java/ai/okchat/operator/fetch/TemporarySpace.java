package ai.okchat.operator.fetch;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Limits the bytes of all sources together in the temporary folder: a Pod that exceeds the size of
 * the folder is evicted, which stops the work for all namespaces. One namespace may use four fifths
 * of it.
 */
public final class TemporarySpace {

  /** Minimum size of a file on disk. */
  static final long BLOCK = 4096;

  private static final long MIB = 1024 * 1024;

  /** The rest of the folder is for directories, for partial blocks, and for the JVM. */
  private static final int SIXTEENTHS_FOR_SOURCES = 15;

  private final long folderBytes;
  private final long bytes;
  private final long bytesOfNamespace;
  private final Map<String, Long> taken = new HashMap<>();

  /**
   * Creates a space of which nothing is reserved.
   *
   * @param folderBytes size limit of the temporary folder
   */
  public TemporarySpace(long folderBytes) {
    this.folderBytes = folderBytes;
    this.bytes = folderBytes / 16 * SIXTEENTHS_FOR_SOURCES;
    this.bytesOfNamespace = bytes / 5 * 4;
  }

  /** The folder currently has no space. */
  public static final class FullException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String message;

    private FullException(String message) {
      super(message);
      this.message = message;
    }

    /**
     * Returns the same failure for the source; it is transient, because there may be space later.
     */
    public SourceException asSourceException() {
      return new SourceException(message, true);
    }
  }

  /** The space of a folder without a limit. */
  public static Room unlimited() {
    return new TemporarySpace(Long.MAX_VALUE).of("");
  }

  /** The space that sources of a namespace may use. */
  public Room of(String namespace) {
    return new Room(this, namespace);
  }

  /** The space that sources of one namespace may use. */
  public record Room(TemporarySpace space, String namespace) {

    /** Creates a share for one reading of a source; it reserves nothing yet. */
    public Share share() {
      return space.new Share(namespace);
    }
  }

  private synchronized void take(String namespace, long more) throws FullException {
    var ofNamespace = taken.getOrDefault(namespace, 0L);
    if (ofNamespace + more > bytesOfNamespace) {
      throw full(bytesOfNamespace, "the sources of one namespace");
    }
    if (taken.values().stream().mapToLong(Long::longValue).sum() + more > bytes) {
      throw full(bytes, "all sources together");
    }
    taken.put(namespace, ofNamespace + more);
  }

  private synchronized void giveBack(String namespace, long less) {
    taken.computeIfPresent(namespace, (_, before) -> before == less ? null : before - less);
  }

  private FullException full(long limit, String whose) {
    return new FullException(
        "The temporary folder of the operator has no room for the source: TMP_SIZE_LIMIT is %d MiB, and %s may use %d MiB of it. Make the source smaller, or raise the limit."
            .formatted(folderBytes / MIB, whose, limit / MIB));
  }

  /** The bytes that one reading of a source reserves. Closing it releases all of them. */
  public final class Share implements AutoCloseable {

    private final String namespace;
    private long reserved;

    private Share(String namespace) {
      this.namespace = namespace;
    }

    /**
     * Reserves space for bytes that are written next.
     *
     * @throws FullException if there is not enough
     */
    public synchronized void take(long more) throws FullException {
      TemporarySpace.this.take(namespace, more);
      reserved += more;
    }

    /** Releases bytes that are no longer in the folder. */
    public synchronized void giveBack(long less) {
      TemporarySpace.this.giveBack(namespace, less);
      reserved -= less;
    }

    @Override
    public synchronized void close() {
      giveBack(reserved);
    }
  }
}
