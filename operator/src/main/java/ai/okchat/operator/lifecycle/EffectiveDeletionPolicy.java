package ai.okchat.operator.lifecycle;

import ai.okchat.api.v1alpha1.BackendObject;
import ai.okchat.api.v1alpha1.DeletionPolicy;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides which deletion policy applies to an object. Pure. */
public final class EffectiveDeletionPolicy {

  private EffectiveDeletionPolicy() {}

  /**
   * Returns the policy of the object; otherwise the default of its backend; otherwise {@code
   * Delete}.
   *
   * @param own {@code spec.deletionPolicy}
   * @param recorded the policy in the status, which counts if the backend object does not exist
   */
  public static DeletionPolicy of(
      @Nullable DeletionPolicy own,
      Optional<? extends BackendObject> backend,
      @Nullable DeletionPolicy recorded) {
    if (own != null) {
      return own;
    }
    var inherited =
        backend.isPresent() ? backend.get().getSpec().defaultDeletionPolicy() : recorded;
    return inherited == null ? DeletionPolicy.DELETE : inherited;
  }

  /**
   * Returns the field that determines the policy, for messages.
   *
   * @param own {@code spec.deletionPolicy}
   */
  public static String field(@Nullable DeletionPolicy own) {
    return own == null ? "spec.defaultDeletionPolicy of the backend" : "spec.deletionPolicy";
  }
}
