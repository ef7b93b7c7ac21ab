package ai.okchat.operator.okchat;

/**
 * How many bytes of an answer are read, after decompression, before it is refused.
 *
 * @param list for the lists of chatbots and of documents
 * @param other for everything else
 */
public record AnswerLimits(long list, long other) {
  private static final long KIB = 1024;
  private static final long MIB = 1024 * KIB;

  /** 16 MiB and 4 MiB. */
  public static final AnswerLimits DEFAULT = new AnswerLimits(16 * MIB, 4 * MIB);

  /** An error answer is a sentence: what is longer is not one of the API's. */
  static final AnswerLimits OF_ERRORS = new AnswerLimits(64 * KIB, 64 * KIB);

  public AnswerLimits {
    if (list < 1 || other < 1) {
      throw new IllegalArgumentException("Limits of answers are bytes, at least 1");
    }
  }
}
