package ai.okchat.operator.backend;

import ai.okchat.operator.status.Failure;

/** The resolution of a reference to a backend object. */
public sealed interface BackendResolution {

  /** The resolution of its own references, the same for every namespace. */
  sealed interface Followed extends BackendResolution {}

  record Connected(Connection connection) implements Followed {}

  /** A Secret, a key or a CA is missing, or the URL is not allowed. */
  record Unresolved(Failure failure) implements Followed {}

  /** The namespace may not use the backend: nothing is sent, not even to delete a bot. */
  record Denied(Failure failure) implements BackendResolution {}
}
