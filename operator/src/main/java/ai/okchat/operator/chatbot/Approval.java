package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.operator.backend.Inventory;

/**
 * What a person allowed that the operator does not do by itself. The annotation names the very
 * thing that is meant, so that one approval never serves for another case.
 */
final class Approval {

  static final String ANNOTATION = "okchat.ai/approve";

  private Approval() {}

  /** Whether this is approved: an organization or a bot's id. */
  static boolean of(Chatbot chatbot, String what) {
    var annotations = chatbot.getMetadata().getAnnotations();
    return annotations != null && what.equals(annotations.get(ANNOTATION));
  }

  /** Whether the object may leave its old account for the one that the key opens now. */
  static boolean ofAccount(Chatbot chatbot, Inventory inventory) {
    var status = chatbot.getStatus();
    var organization = inventory.organizationId().orElse(null);
    return organization != null
        && status != null
        && Identity.differs(status.organizationId(), organization)
        && of(chatbot, organization);
  }
}
