package ai.okchat.operator.status;

import io.javaoperatorsdk.operator.OperatorException;

/** What a pass threw, without the wrapping that the framework's metrics put around it. */
public final class Thrown {

  private Thrown() {}

  public static Exception by(Exception e) {
    return e instanceof OperatorException && e.getCause() instanceof Exception cause
        ? by(cause)
        : e;
  }
}
