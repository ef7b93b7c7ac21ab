package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;

/**
 * What a person allowed that the operator does not do by itself. The annotation names the very
 * thing that is meant, so that one approval never serves for another case.
 */
final class Approval {

  static final String ANNOTATION = "okchat.ai/approve";

  private Approval() {}

  /** Whether this is approved, named by its id. */
  static boolean of(Chatbot chatbot, String what) {
    var annotations = chatbot.getMetadata().getAnnotations();
    return annotations != null && what.equals(annotations.get(ANNOTATION));
  }
}
