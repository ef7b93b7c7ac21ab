/** The text of PDF and Word documents, read in a process of its own. */
@NullMarked
package ai.okchat.sandbox.text;

import org.jspecify.annotations.NullMarked;
