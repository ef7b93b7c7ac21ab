package ai.okchat.operator.knowledge.source;

import ai.okchat.operator.fetch.SourceException;
import ai.okchat.operator.status.Failure;
import java.util.Optional;

/** Reads one kind of source. */
public interface Source {

  /** The result of reading a source. */
  sealed interface Reading {

    record Read(Snapshot snapshot) implements Reading {}

    /** An object that the spec names does not exist. */
    record Missing(Failure failure) implements Reading {}

    /** The spec has changed since the informer read it. */
    record Outdated() implements Reading {}
  }

  /**
   * Reads the source again.
   *
   * @param before previous reading for the same spec, from which unchanged documents may be copied
   *     without their bytes; empty if the bytes are needed
   * @throws SourceException if the source cannot be read now, or with this spec
   */
  Reading read(Optional<Snapshot> before);
}
