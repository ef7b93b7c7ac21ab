/** Tests of the Helm chart: its rendering, its acceptance by the API server, and its releases. */
@NullMarked
package ai.okchat.operator.chart;

import org.jspecify.annotations.NullMarked;
