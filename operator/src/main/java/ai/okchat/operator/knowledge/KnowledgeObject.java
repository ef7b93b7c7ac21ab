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

  /** Takes the ledger away and lets the object go. */
  void release(KnowledgeSource source) {
    ledger.remove(source);
    metadata.release(source);
  }
}
