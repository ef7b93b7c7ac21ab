/** Reading from the API server with bounded memory. */
@NullMarked
package ai.okchat.operator.kubernetes;

import org.jspecify.annotations.NullMarked;
