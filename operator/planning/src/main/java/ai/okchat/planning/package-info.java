/**
 * Compares a spec with a backend as values: the desired bot, the documents, and the requests that
 * are missing. Sends nothing, and uses no Kubernetes client.
 */
@NullMarked
package ai.okchat.planning;

import org.jspecify.annotations.NullMarked;
