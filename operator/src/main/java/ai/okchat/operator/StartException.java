package ai.okchat.operator;

/** Reports that the operator could not start; the message says why and what the user has to do. */
final class StartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartException(String message) {
    super(message);
  }
}
