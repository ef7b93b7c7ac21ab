package ai.okchat.operator.backend;

import ai.okchat.operator.status.Failure;

/** What a reference to a backend object leads to. */
public sealed interface Resolution {

  /** What its own references lead to, whoever asks. */
  sealed interface Followed extends Resolution {}

  record Connected(Connection connection) implements Followed {}

  /** A Secret, a key or a CA is missing, or the URL is not allowed. */
  record Unresolved(Failure failure) implements Followed {}

  /** It may not be used from there, whatever it leads to: nothing is sent, not even to clean up. */
  record Denied(Failure failure) implements Resolution {}
}
