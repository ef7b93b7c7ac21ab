package ai.okchat.operator.backend;

/** Who uses a backend: known to the kinds that refer to it, asked by the backend's own. */
public interface BackendUsage {

  /** Whether any object refers to it: then its account is polled. */
  boolean isReferredTo(BackendKey backend);

  /** Whether an object that holds our finalizer refers to it. */
  boolean isUsed(BackendKey backend);

  /** As {@link #isUsed}, of objects that other operators serve: asks the API server. */
  boolean isUsedElsewhere(BackendKey backend);
}
