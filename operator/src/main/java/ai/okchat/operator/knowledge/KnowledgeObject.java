package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;

/** The Kubernetes side of a KnowledgeSource: all that we write there. */
record KnowledgeObject(
    KnowledgeMetadata metadata, StatusWriter status, KnowledgeEvents events, Ledger ledger) {

  /** A source with documents in a bot has its finalizer, whatever other clients remove. */
  void holdAgain(KnowledgeSource source) {
    var status = source.getStatus();
    if (status != null && status.chatbotId() != null && !KnowledgeMetadata.isHeld(source)) {
      metadata.hold(source);
    }
  }

  /**
   * Claims the documents of a restored source once its Chatbot owns the bot by more than a record.
   *
   * @return whether the object was written
   */
  boolean claimAgain(KnowledgeSource source, boolean ownsBot) {
    if (!ownsBot || !KnowledgeMetadata.isRestored(source)) {
      return false;
    }
    metadata.claim(source);
    return true;
  }

  /** Takes the ledger away and lets the object go. */
  void release(KnowledgeSource source) {
    ledger.remove(source);
    metadata.release(source);
  }
}
