@NullMarked
package ai.okchat.operator.kubernetes;

import org.jspecify.annotations.NullMarked;
