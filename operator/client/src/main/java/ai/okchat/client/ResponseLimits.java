package ai.okchat.client;

/**
 * The number of bytes of a response that are read, after decompression, before it is rejected.
 *
 * @param bot limit of each bot of a list; the complete list has no limit
 * @param other limit of any other response
 */
public record ResponseLimits(long bot, long other) {
  /** Maximum of one account. */
  static final int MOST_BOTS = 50_000;

  /** Maximum of one bot. */
  static final int MOST_DOCUMENTS = 100_000;

  private static final long KIB = 1024;
  private static final long MIB = 1024 * KIB;

  /**
   * Maximum length of the ID of a listed document, as the status of a KnowledgeSource allows it.
   */
  static final int DOCUMENT_ID = 128;

  /** Maximum size of a listed document, in bytes. */
  static final long DOCUMENT = 64 * KIB;

  /** Maximum number of characters in the IDs, titles and states of all documents of a bot. */
  static final long DOCUMENT_TEXTS = 16 * MIB;

  /** Maximum size of a listed bot in memory, with digests instead of long texts, in bytes. */
  static final long KEPT_OF_BOT = 64 * KIB;

  /** 4 MiB each. */
  public static final ResponseLimits DEFAULT = new ResponseLimits(4 * MIB, 4 * MIB);

  /** An error response is one sentence: a longer one does not come from the API. */
  static final ResponseLimits OF_ERRORS = new ResponseLimits(64 * KIB, 64 * KIB);

  public ResponseLimits {
    if (bot < 1 || other < 1) {
      throw new IllegalArgumentException("Limits of responses are bytes, at least 1");
    }
  }
}
