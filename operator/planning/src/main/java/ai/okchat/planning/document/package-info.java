/** Documents as values: their titles in the backend, and their content. */
@NullMarked
package ai.okchat.planning.document;

import org.jspecify.annotations.NullMarked;
