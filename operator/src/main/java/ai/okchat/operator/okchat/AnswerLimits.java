package ai.okchat.operator.okchat;

/**
 * How many bytes of an answer are read, after decompression, before it is refused.
 *
 * @param bot of a list; the list as a whole has no limit
 * @param other for everything else
 */
public record AnswerLimits(long bot, long other) {
  /** Of one account. */
  static final int MOST_BOTS = 50_000;

  /** Of one bot. */
  static final int MOST_DOCUMENTS = 100_000;

  private static final long KIB = 1024;
  private static final long MIB = 1024 * KIB;

  /** The ID of a listed document, as the status of a KnowledgeSource can hold it. */
  static final int DOCUMENT_ID = 128;

  /** What a listed document may have. */
  static final long DOCUMENT = 64 * KIB;

  /** What the ids, titles and states of all documents of a bot may have. */
  static final long DOCUMENT_TEXTS = 16 * MIB;

  /** What is kept of a listed bot, its long texts being digests. */
  static final long KEPT_OF_BOT = 64 * KIB;

  /** 4 MiB each. */
  public static final AnswerLimits DEFAULT = new AnswerLimits(4 * MIB, 4 * MIB);

  /** An error answer is a sentence: what is longer is not one of the API's. */
  static final AnswerLimits OF_ERRORS = new AnswerLimits(64 * KIB, 64 * KIB);

  public AnswerLimits {
    if (bot < 1 || other < 1) {
      throw new IllegalArgumentException("Limits of answers are bytes, at least 1");
    }
  }
}
