package ai.okchat.operator.fetch;

/**
 * The operator could not follow a link in a spec; the message names the field, the cause and the
 * fix.
 */
public final class FetchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean passing;

  FetchException(String message, boolean passing) {
    super(message);
    this.passing = passing;
  }

  /** Returns whether the failure is transient: the same link may work later. */
  public boolean isTransient() {
    return passing;
  }
}
