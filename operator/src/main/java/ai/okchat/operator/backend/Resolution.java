package ai.okchat.operator.backend;

import ai.okchat.operator.status.Failure;

/** What following the references of a backend object leads to. */
public sealed interface Resolution {

  record Connected(Connection connection) implements Resolution {}

  /** A Secret, a key or a CA is missing, or the URL is not allowed. */
  record Unresolved(Failure failure) implements Resolution {}
}
