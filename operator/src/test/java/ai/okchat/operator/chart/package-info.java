/** The Helm chart: what it renders, whether the API server takes it, and how it lives there. */
@NullMarked
package ai.okchat.operator.chart;

import org.jspecify.annotations.NullMarked;
