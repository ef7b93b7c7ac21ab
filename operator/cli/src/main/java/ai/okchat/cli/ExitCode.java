package ai.okchat.cli;

/** The exit codes, as {@code kubectl diff} uses them. */
final class ExitCode {
  /** Yes: Ready, found, done, no difference. */
  static final int YES = 0;

  /** No: not Ready, not found, not done, a difference. */
  static final int NO = 1;

  /** The plugin could not say: wrong usage, missing rights, no connection. */
  static final int UNKNOWN = 2;

  /** The reader of the output ended, as a shell reports SIGPIPE. */
  static final int BROKEN_PIPE = 141;

  private ExitCode() {}
}
