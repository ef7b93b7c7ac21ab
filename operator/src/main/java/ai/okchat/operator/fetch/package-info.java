/** Fetches what a spec links to, and nothing that it must not reach. */
@NullMarked
package ai.okchat.operator.fetch;

import org.jspecify.annotations.NullMarked;
