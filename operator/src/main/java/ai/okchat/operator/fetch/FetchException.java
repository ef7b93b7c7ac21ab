package ai.okchat.operator.fetch;

/**
 * A link in a spec that could not be followed; the message names the field, the cause and the fix.
 */
public final class FetchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean passing;

  FetchException(String message, boolean passing) {
    super(message);
    this.passing = passing;
  }

  /** Whether the same link may work later. */
  public boolean isPassing() {
    return passing;
  }
}
