/** The chatbot endpoints. */
@NullMarked
package ai.okchat.sandbox.chatbot;

import org.jspecify.annotations.NullMarked;
