package ai.okchat.operator.knowledge;

/** The steps of a pass, in their order, and what they share. */
record KnowledgeSteps(
    BotLinks links,
    Convergence convergence,
    Deletion deletion,
    KnowledgeObject object,
    KnowledgeMemory memory) {}
