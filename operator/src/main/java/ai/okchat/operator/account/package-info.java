/**
 * Accounts of the backend: inventory, rate limit and circuit breaker, shared by all backend
 * objects.
 */
@NullMarked
package ai.okchat.operator.account;

import org.jspecify.annotations.NullMarked;
