/** What is measured: how it is called and labelled is in {@code docs/metrics.md}. */
@NullMarked
package ai.okchat.operator.metrics;

import org.jspecify.annotations.NullMarked;
