/** Liveness, readiness and metrics over HTTP. */
@NullMarked
package ai.okchat.operator.management;

import org.jspecify.annotations.NullMarked;
