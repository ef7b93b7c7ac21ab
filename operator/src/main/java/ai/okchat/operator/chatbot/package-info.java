/** Chatbot: from one object to one bot in the backend. */
@NullMarked
package ai.okchat.operator.chatbot;

import org.jspecify.annotations.NullMarked;
