/** The composition root: one running server with all that it is made of. */
@NullMarked
package ai.okchat.sandbox.server;

import org.jspecify.annotations.NullMarked;
