/** The fault suite, and the report of what it injected and counted. */
@NullMarked
package ai.okchat.operator.faults;

import org.jspecify.annotations.NullMarked;
