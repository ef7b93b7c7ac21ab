/** Reads the text of PDF and Word documents in a separate process. */
@NullMarked
package ai.okchat.sandbox.text;

import org.jspecify.annotations.NullMarked;
