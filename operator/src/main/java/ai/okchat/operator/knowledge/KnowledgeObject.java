package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;

/** The Kubernetes side of a KnowledgeSource: all that we write there. */
record KnowledgeObject(
    KnowledgeMetadata metadata, StatusWriter status, KnowledgeEvents events, Ledger ledger) {

  /** Takes the ledger away and lets the object go. */
  void release(KnowledgeSource source) {
    ledger.remove(source);
    metadata.release(source);
  }
}
