package ai.okchat.client;

/** The requests of an account that a failed request concerns. */
enum CallScope {
  /** All requests of the account: they probably fail too. */
  ACCOUNT,
  /** This list: it may be too large or of an unknown shape while all other requests succeed. */
  LIST,
  /** This document: its size or its content may be the cause. */
  DOCUMENT;

  /** Returns whether a failure of this kind concerns only the subject of the request. */
  boolean confines(FailureKind kind) {
    return this == DOCUMENT || (this == LIST && kind == FailureKind.UNEXPECTED_RESPONSE);
  }
}
