/** Reads and writes JSON as the API does. */
@NullMarked
package ai.okchat.sandbox.json;

import org.jspecify.annotations.NullMarked;
