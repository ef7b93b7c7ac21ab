/** The status for users: conditions, reasons, Events, and the only translation of failures. */
@NullMarked
package ai.okchat.operator.status;

import org.jspecify.annotations.NullMarked;
