/** What is unknown about the real backend, as switches. */
@NullMarked
package ai.okchat.sandbox.switches;

import org.jspecify.annotations.NullMarked;
