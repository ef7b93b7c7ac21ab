package ai.okchat.operator.backend;

import java.util.List;

/** Who uses a backend: known to the kinds that refer to it, asked by the backend's own. */
public interface BackendUsage {

  /** Whether any object refers to it: then its account is polled. */
  boolean isReferredTo(BackendKey backend);

  /** Whether an object that holds our finalizer refers to it. */
  boolean isUsed(BackendKey backend);

  /** As {@link #isUsed}, of objects that other operators serve: asks the API server. */
  boolean isUsedElsewhere(BackendKey backend);

  /** The usage by objects of several kinds. */
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
