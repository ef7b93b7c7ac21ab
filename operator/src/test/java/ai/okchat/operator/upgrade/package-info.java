/** What was stored by a released version stays readable and valid, and can be taken away again. */
@NullMarked
package ai.okchat.operator.upgrade;

import org.jspecify.annotations.NullMarked;
