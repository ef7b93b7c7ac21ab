package ai.okchat.localcluster;

/** A local cluster could not be had. The message names what was tried and what to do. */
public final class LocalClusterException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LocalClusterException(String message) {
    super(message);
  }

  LocalClusterException(String message, Throwable cause) {
    super(message, cause);
  }
}
