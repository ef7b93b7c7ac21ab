/**
 * The OkChat HTTP API: one method for each of its 17 endpoints, one exception type, no Kubernetes
 * type.
 *
 * <p>{@link ai.okchat.client.OkChatClient} is the entry point. Each resource has its {@code
 * *Endpoints} class, only {@link ai.okchat.client.HttpExchange} sends HTTP requests, and only
 * {@link ai.okchat.client.ErrorResponses} and {@link ai.okchat.client.TransportErrors} create an
 * {@link ai.okchat.client.OkChatException} from a response or an error.
 *
 * <p>"SPEC 2.4" in a comment is section 2.4 of the reconstructed API reference, which numbers the
 * endpoints as the published sidebar does; "Q8" is a quirk of that reference.
 */
@NullMarked
package ai.okchat.client;

import org.jspecify.annotations.NullMarked;
