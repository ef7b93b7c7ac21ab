/** Several operators side by side: which objects are whose. */
@NullMarked
package ai.okchat.operator.shard;

import org.jspecify.annotations.NullMarked;
