/** Handles chats, sessions and messages. */
@NullMarked
package ai.okchat.sandbox.conversation;

import org.jspecify.annotations.NullMarked;
