/** JSON as the API writes it. */
@NullMarked
package ai.okchat.sandbox.json;

import org.jspecify.annotations.NullMarked;
