/** What is measured. */
@NullMarked
package ai.okchat.operator.metrics;

import org.jspecify.annotations.NullMarked;
