/** What every call passes: faults, keys, rate limit, the journal and the wire. */
@NullMarked
package ai.okchat.sandbox.gateway;

import org.jspecify.annotations.NullMarked;
