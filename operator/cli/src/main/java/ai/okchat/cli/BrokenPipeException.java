package ai.okchat.cli;

/** The reader of standard output ended, for example {@code head}. */
final class BrokenPipeException extends RuntimeException {
  private static final long serialVersionUID = 1L;
}
