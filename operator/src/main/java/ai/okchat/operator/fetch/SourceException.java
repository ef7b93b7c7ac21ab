package ai.okchat.operator.fetch;

/**
 * The documents of a source could not be read; the message names what was read, the cause and the
 * fix, and nothing of the documents.
 */
public final class SourceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean passing;

  public SourceException(String message, boolean passing) {
    super(message);
    this.passing = passing;
  }

  /** Whether the same source may be readable later. */
  public boolean isPassing() {
    return passing;
  }
}
