package ai.okchat.operator.knowledge;

/** What the retrieval checks of a source say. */
sealed interface Retrieval {

  /** The spec has none. */
  record NoChecks() implements Retrieval {}

  /** They are asked when all documents are in. */
  record NotAsked() implements Retrieval {}

  record Passed() implements Retrieval {}

  /** The first that did not pass. */
  record Failed(String message) implements Retrieval {}
}
