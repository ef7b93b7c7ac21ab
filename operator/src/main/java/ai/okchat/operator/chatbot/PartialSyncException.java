package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.ChatbotStatus;

/**
 * A reconciliation that failed after a result that the status must keep: a bot that was found or
 * created, or a claim.
 */
final class PartialSyncException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ChatbotStatus known;
  private final RuntimeException failure;

  /**
   * @param known the status to continue with
   */
  PartialSyncException(ChatbotStatus known, RuntimeException failure) {
    super(failure.getMessage());
    this.known = known;
    this.failure = failure;
  }

  ChatbotStatus known() {
    return known;
  }

  RuntimeException failure() {
    return failure;
  }
}
