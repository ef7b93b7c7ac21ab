/**
 * The OkChat operator: {@link ai.okchat.operator.OperatorMain} is the process, {@link
 * ai.okchat.operator.OkChatOperator} assembles its parts.
 */
@NullMarked
package ai.okchat.operator;

import org.jspecify.annotations.NullMarked;
