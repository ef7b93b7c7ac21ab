package ai.okchat.localcluster;

/** A local cluster could not start. The message has the attempts and the necessary user action. */
public final class LocalClusterException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LocalClusterException(String message) {
    super(message);
  }

  LocalClusterException(String message, Throwable cause) {
    super(message, cause);
  }
}
