/** Processes every request: faults, keys, rate limit, journal and connection. */
@NullMarked
package ai.okchat.sandbox.gateway;

import org.jspecify.annotations.NullMarked;
