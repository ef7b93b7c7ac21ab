package ai.okchat.operator.knowledge;

/** The result of the retrieval checks of a source. */
sealed interface RetrievalResult {

  /** The spec has no checks. */
  record NoChecks() implements RetrievalResult {}

  /** The checks run when all documents are listed. */
  record ChecksPending() implements RetrievalResult {}

  record Passed() implements RetrievalResult {}

  /** The first check that failed. */
  record Failed(String message) implements RetrievalResult {}
}
