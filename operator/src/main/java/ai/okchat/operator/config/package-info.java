/** What the process is told by flags and environment. */
@NullMarked
package ai.okchat.operator.config;

import org.jspecify.annotations.NullMarked;
