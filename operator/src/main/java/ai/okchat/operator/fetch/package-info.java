/** Fetches links and repositories that a spec names, from permitted addresses only. */
@NullMarked
package ai.okchat.operator.fetch;

import org.jspecify.annotations.NullMarked;
