/** Sharding: which operator serves which objects. */
@NullMarked
package ai.okchat.operator.shard;

import org.jspecify.annotations.NullMarked;
