package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.knowledge.ingestion.KnowledgeMetadata;
import ai.okchat.operator.knowledge.ingestion.Ledger;

/** Writes the Kubernetes side of a KnowledgeSource: metadata, status, Events and ledger. */
record KnowledgeObject(
    KnowledgeMetadata metadata,
    KnowledgeStatusWriter status,
    KnowledgeEvents events,
    Ledger ledger) {

  /** Adds the finalizer again to a source with documents in a bot, if another client removed it. */
  void restoreFinalizer(KnowledgeSource source) {
    var status = source.getStatus();
    if (status != null && status.chatbotId() != null && !KnowledgeMetadata.hasFinalizer(source)) {
      metadata.addFinalizer(source);
    }
  }

  /** Removes the ledger and the finalizer. */
  void release(KnowledgeSource source) {
    ledger.remove(source);
    metadata.removeFinalizer(source);
  }
}
