/**
 * The OkChat HTTP API: one method for each of its 17 endpoints, one exception type, no Kubernetes
 * type.
 *
 * <p>{@link ai.okchat.operator.okchat.OkChatClient} is the way in. Behind it each resource has its
 * {@code *Endpoints} class, {@link ai.okchat.operator.okchat.HttpExchange} is the only place that
 * talks HTTP, and {@link ai.okchat.operator.okchat.Refusals} and {@link
 * ai.okchat.operator.okchat.BrokenCalls} are the only places that turn what happened into an {@link
 * ai.okchat.operator.okchat.OkChatException}.
 *
 * <p>"SPEC 2.4" in a comment is section 2.4 of the reconstructed API reference, which numbers the
 * endpoints as the published side bar does; "Q8" is a quirk of that reference.
 */
@NullMarked
package ai.okchat.operator.okchat;

import org.jspecify.annotations.NullMarked;
