/** Reconciles each Chatbot with one bot in the backend. */
@NullMarked
package ai.okchat.operator.chatbot;

import org.jspecify.annotations.NullMarked;
