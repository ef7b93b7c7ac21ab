package ai.okchat.operator.backend;

import java.util.List;

/**
 * Finds the objects that use a backend: implemented by the kinds that refer to backends, called by
 * the backend kinds.
 */
public interface BackendUsage {

  /** Returns whether any object refers to the backend: then its account is polled. */
  boolean isReferredTo(BackendKey backend);

  /** Returns whether an object with the finalizer of the operator refers to the backend. */
  boolean isUsed(BackendKey backend);

  /** As {@link #isUsed}, for objects that other operators serve: reads from the API server. */
  boolean isUsedElsewhere(BackendKey backend);

  /** Returns the usage by objects of several kinds. */
  static BackendUsage anyOf(List<BackendUsage> kinds) {
    return new BackendUsage() {
      @Override
      public boolean isReferredTo(BackendKey backend) {
        return kinds.stream().anyMatch(kind -> kind.isReferredTo(backend));
      }

      @Override
      public boolean isUsed(BackendKey backend) {
        return kinds.stream().anyMatch(kind -> kind.isUsed(backend));
      }

      @Override
      public boolean isUsedElsewhere(BackendKey backend) {
        return kinds.stream().anyMatch(kind -> kind.isUsedElsewhere(backend));
      }
    };
  }
}
