/** Documents as values: their titles in the backend, and their content. */
@NullMarked
package ai.okchat.operator.knowledge.document;

import org.jspecify.annotations.NullMarked;
