/** The metrics of the operator; {@code docs/metrics.md} lists their names and labels. */
@NullMarked
package ai.okchat.operator.metrics;

import org.jspecify.annotations.NullMarked;
