package ai.okchat.operator.fetch;

/**
 * The operator could not read a picture that a spec names; the message names the field, the cause
 * and the fix.
 */
public final class FetchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean passing;

  public FetchException(String message, boolean passing) {
    super(message);
    this.passing = passing;
  }

  /** Returns whether the failure is transient: the same picture may be readable later. */
  public boolean isTransient() {
    return passing;
  }
}
