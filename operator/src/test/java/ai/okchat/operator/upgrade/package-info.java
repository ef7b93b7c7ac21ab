/** Tests that objects of a released version stay readable and valid, and can be removed. */
@NullMarked
package ai.okchat.operator.upgrade;

import org.jspecify.annotations.NullMarked;
