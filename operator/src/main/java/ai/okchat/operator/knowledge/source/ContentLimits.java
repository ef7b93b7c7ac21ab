package ai.okchat.operator.knowledge.source;

import java.time.Duration;

/**
 * What one source may hold; more is refused before anything is uploaded.
 *
 * @param documentBytes of one document
 * @param documents in one source
 * @param totalBytes of all documents of a source
 * @param readTime for reading a source over the network
 */
public record ContentLimits(long documentBytes, int documents, long totalBytes, Duration readTime) {

  private static final long MIB = 1024 * 1024;

  /** Ten minutes for reading, and what is given of the rest. */
  public static ContentLimits ofMebibytes(int ofDocument, int documents, int ofSource) {
    return new ContentLimits(ofDocument * MIB, documents, ofSource * MIB, Duration.ofMinutes(10));
  }

  /** For messages. */
  String documentMebibytes() {
    return documentBytes / MIB + " MiB";
  }
}
