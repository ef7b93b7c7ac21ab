/** Claim and end of an object: what the reconcilers of all kinds share. */
@NullMarked
package ai.okchat.operator.lifecycle;

import org.jspecify.annotations.NullMarked;
