/** Measures the speed of the operator, and compares it with a bare client. */
@NullMarked
package ai.okchat.benchmark;

import org.jspecify.annotations.NullMarked;
