/** The configuration of the process from flags and environment. */
@NullMarked
package ai.okchat.operator.config;

import org.jspecify.annotations.NullMarked;
