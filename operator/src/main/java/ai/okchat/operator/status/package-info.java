/** What people read: conditions, reasons, Events, and the one translation of failures. */
@NullMarked
package ai.okchat.operator.status;

import org.jspecify.annotations.NullMarked;
