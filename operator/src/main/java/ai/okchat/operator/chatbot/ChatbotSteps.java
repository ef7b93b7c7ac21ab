package ai.okchat.operator.chatbot;

/** The steps of a pass, in their order, and what they share. */
record ChatbotSteps(
    ChatbotReferences references,
    BotObserver observer,
    Convergence convergence,
    Deletion deletion,
    ChatbotObject object) {}
