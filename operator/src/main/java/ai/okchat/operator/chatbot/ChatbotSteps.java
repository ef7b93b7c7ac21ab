package ai.okchat.operator.chatbot;

/** The steps of a reconciliation in their order, and the object that they write to. */
record ChatbotSteps(
    ChatbotReferences references,
    BotObserver observer,
    BotSynchronizer synchronizer,
    ChatbotDeletion deletion,
    ChatbotObject object) {}
