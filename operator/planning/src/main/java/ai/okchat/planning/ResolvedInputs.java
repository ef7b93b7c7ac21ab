package ai.okchat.planning;

import java.util.Optional;

/**
 * The values that a spec refers to.
 *
 * @param prompt the text itself, from the spec or from its ConfigMap
 */
public record ResolvedInputs(String prompt, Optional<AvatarSource> avatar) {

  public static final String REQUESTED_AT_ANNOTATION = "okchat.ai/reconcile-requested-at";

  @Override
  public String toString() {
    return "Inputs[prompt of " + prompt.length() + " characters]";
  }
}
