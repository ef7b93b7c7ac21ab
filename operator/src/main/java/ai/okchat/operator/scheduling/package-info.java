/** Priorities and delays: which reconciliation and which request is next. */
@NullMarked
package ai.okchat.operator.scheduling;

import org.jspecify.annotations.NullMarked;
