package ai.okchat.operator.chatbot;

import java.util.Optional;

/**
 * The values that a spec refers to.
 *
 * @param prompt the text itself, from the spec or from its ConfigMap
 */
record ResolvedInputs(String prompt, Optional<AvatarSource> avatar) {

  static final String REQUESTED_AT_ANNOTATION = "okchat.ai/reconcile-requested-at";

  @Override
  public String toString() {
    return "Inputs[prompt of " + prompt.length() + " characters]";
  }
}
