/** How the operator reads from the API server. */
@NullMarked
package ai.okchat.operator.kubernetes;

import org.jspecify.annotations.NullMarked;
