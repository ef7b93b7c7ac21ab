package ai.okchat.operator.knowledge.source;

import ai.okchat.operator.fetch.TemporarySpace;
import java.time.Duration;

/**
 * The limits of one source; content above them is rejected before anything is uploaded.
 *
 * @param documentBytes of one document
 * @param documents in one source
 * @param totalBytes of all documents of a source
 * @param readTime for reading a source over the network
 * @param room in the temporary folder, for the sources of a namespace
 */
public record ContentLimits(
    long documentBytes,
    int documents,
    long totalBytes,
    Duration readTime,
    TemporarySpace.Room room) {

  private static final long MIB = 1024 * 1024;
  private static final Duration DEFAULT_READ_TIME = Duration.ofMinutes(10);

  /** Creates limits with a temporary folder without a limit. */
  ContentLimits(long documentBytes, int documents, long totalBytes, Duration readTime) {
    this(documentBytes, documents, totalBytes, readTime, TemporarySpace.unlimited());
  }

  /** Returns limits with ten minutes for reading. */
  public static ContentLimits ofMebibytes(int ofDocument, int documents, int ofSource) {
    return new ContentLimits(ofDocument * MIB, documents, ofSource * MIB, DEFAULT_READ_TIME);
  }

  /** Returns the limits with a temporary folder that all sources share. */
  public ContentLimits within(TemporarySpace space) {
    return within(space.of(room.namespace()));
  }

  /** Returns the limits for the sources of one namespace. */
  ContentLimits of(String namespace) {
    return within(room.space().of(namespace));
  }

  private ContentLimits within(TemporarySpace.Room changed) {
    return new ContentLimits(documentBytes, documents, totalBytes, readTime, changed);
  }

  /** Returns the limit of one document for messages. */
  String documentMebibytes() {
    return documentBytes / MIB + " MiB";
  }
}
