package ai.okchat.operator.backend;

/** Who uses a backend: known to the kinds that refer to it, asked by the backend's own. */
@FunctionalInterface
public interface BackendUsage {

  /** Whether an object that holds our finalizer refers to it. */
  boolean isUsed(BackendKey backend);
}
