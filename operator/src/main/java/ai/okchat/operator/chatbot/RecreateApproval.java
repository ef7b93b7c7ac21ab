package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;

/**
 * Reads the user's approval to create a bot again where the operator does not do so by itself. The
 * annotation names the ID of the lost bot, so that one approval never serves for another case.
 */
final class RecreateApproval {

  static final String ANNOTATION = "okchat.ai/approve-recreate";

  private RecreateApproval() {}

  /** Returns whether the user approved to recreate the bot with this ID. */
  static boolean of(Chatbot chatbot, String id) {
    var annotations = chatbot.getMetadata().getAnnotations();
    return annotations != null && id.equals(annotations.get(ANNOTATION));
  }
}
