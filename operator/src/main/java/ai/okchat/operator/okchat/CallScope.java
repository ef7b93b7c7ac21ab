package ai.okchat.operator.okchat;

/** What a failed request says about the other requests of its account. */
enum CallScope {
  /** No working backend for this one: probably for none. */
  ACCOUNT,
  /** A list: it may be too large or of an unknown shape while all other requests succeed. */
  LIST,
  /** One document: its size or its content may be the cause. */
  DOCUMENT;

  /** Whether a failure of this kind concerns nothing but the subject of the request. */
  boolean confines(FailureKind kind) {
    return this == DOCUMENT || (this == LIST && kind == FailureKind.UNEXPECTED_ANSWER);
  }
}
