/** Switches for unknown behaviour of the real backend. */
@NullMarked
package ai.okchat.sandbox.switches;

import org.jspecify.annotations.NullMarked;
