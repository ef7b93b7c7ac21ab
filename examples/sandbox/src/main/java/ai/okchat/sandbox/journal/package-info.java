/** What was called. */
@NullMarked
package ai.okchat.sandbox.journal;

import org.jspecify.annotations.NullMarked;
