package ai.okchat.cli;

/** Ends a command with an exit code. The message says what happened, and what the user can do. */
final class PluginException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private PluginException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** Creates the negative result of a command, for example an object that does not exist. */
  static PluginException no(String message) {
    return new PluginException(ExitCode.NO, message);
  }

  /** Creates the failure of a command that has no result. */
  static PluginException unknown(String message) {
    return new PluginException(ExitCode.UNKNOWN, message);
  }

  int exitCode() {
    return exitCode;
  }
}
