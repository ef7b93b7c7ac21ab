/** Liveness, readiness and metrics over HTTP. */
@NullMarked
package ai.okchat.operator.health;

import org.jspecify.annotations.NullMarked;
