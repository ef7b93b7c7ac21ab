/** Documents as values: what they are called in the backend, and what is in them. */
@NullMarked
package ai.okchat.operator.knowledge.document;

import org.jspecify.annotations.NullMarked;
