/** The journal of received requests. */
@NullMarked
package ai.okchat.sandbox.journal;

import org.jspecify.annotations.NullMarked;
