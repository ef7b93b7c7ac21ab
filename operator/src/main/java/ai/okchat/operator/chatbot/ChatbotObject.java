package ai.okchat.operator.chatbot;

/** The Kubernetes side of a Chatbot: all that we write there. */
record ChatbotObject(ChatbotMetadata metadata, StatusWriter status, ChatbotEvents events) {}
