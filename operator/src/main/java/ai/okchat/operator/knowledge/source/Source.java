package ai.okchat.operator.knowledge.source;

import ai.okchat.operator.fetch.SourceException;
import ai.okchat.operator.status.Failure;
import java.util.Optional;

/** One kind of source. */
public interface Source {

  /** What reading a source led to. */
  sealed interface Reading {

    record Read(Snapshot snapshot) implements Reading {}

    /** An object that the spec names is missing. */
    record Missing(Failure failure) implements Reading {}

    /** The spec was changed since the informer read it. */
    record Outdated() implements Reading {}
  }

  /**
   * Reads the source anew.
   *
   * @param before what it held before, by the same spec; what has not changed may be taken from
   *     there, without its bytes. Empty where the bytes are needed
   * @throws SourceException if it can not be read at present, or as it is
   */
  Reading read(Optional<Snapshot> before);
}
