package ai.okchat.cli;

/**
 * The result of one check of {@code doctor}.
 *
 * @param remedy what the user can do; empty if the result is {@link Result#OK}
 */
record Finding(Result result, String check, String observation, String remedy) {

  /** The results, the worst one last. */
  enum Result {
    OK,
    WARNING,
    FAILURE
  }

  static Finding ok(String check, String observation) {
    return new Finding(Result.OK, check, observation, "");
  }

  static Finding warning(String check, String observation, String remedy) {
    return new Finding(Result.WARNING, check, observation, remedy);
  }

  static Finding failure(String check, String observation, String remedy) {
    return new Finding(Result.FAILURE, check, observation, remedy);
  }
}
