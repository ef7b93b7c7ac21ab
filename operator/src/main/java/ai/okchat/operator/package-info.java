/** The OkChat operator: {@link ai.okchat.operator.OperatorMain} puts the parts together. */
@NullMarked
package ai.okchat.operator;

import org.jspecify.annotations.NullMarked;
