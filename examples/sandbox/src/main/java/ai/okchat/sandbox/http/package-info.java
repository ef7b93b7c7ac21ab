/** One call of the API: endpoints, requests, replies, checks and errors. */
@NullMarked
package ai.okchat.sandbox.http;

import org.jspecify.annotations.NullMarked;
