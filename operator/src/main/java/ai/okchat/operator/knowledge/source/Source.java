package ai.okchat.operator.knowledge.source;

import ai.okchat.operator.fetch.SourceException;
import ai.okchat.operator.status.Failure;

/** One kind of source. */
public interface Source {

  /** What reading a source led to. */
  sealed interface Reading {

    record Read(Snapshot snapshot) implements Reading {}

    /** An object that the spec names is missing. */
    record Missing(Failure failure) implements Reading {}
  }

  /**
   * Reads the source anew.
   *
   * @throws SourceException if it can not be read at present, or as it is
   */
  Reading read();
}
