package ai.okchat.operator.fetch;

/**
 * The operator could not read the documents of a source; the message names the source, the cause
 * and the fix, and contains nothing of the documents.
 */
public final class SourceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean passing;

  public SourceException(String message, boolean passing) {
    super(message);
    this.passing = passing;
  }

  /** Returns whether the failure is transient: the same source may be readable later. */
  public boolean isTransient() {
    return passing;
  }
}
