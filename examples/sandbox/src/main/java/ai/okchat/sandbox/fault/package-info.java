/** Injected faults. */
@NullMarked
package ai.okchat.sandbox.fault;

import org.jspecify.annotations.NullMarked;
