package ai.okchat.operator.knowledge;

/** The steps of a reconciliation, in their order, and the state that they share. */
record KnowledgeSteps(
    ChatbotRefResolver links,
    SourceSynchronizer synchronizer,
    KnowledgeDeletion deletion,
    KnowledgeObject object,
    KnowledgeMemory memory) {}
