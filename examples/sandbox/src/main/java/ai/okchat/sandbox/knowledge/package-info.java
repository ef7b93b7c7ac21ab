/** The knowledge base: documents, their chunks, and the search. */
@NullMarked
package ai.okchat.sandbox.knowledge;

import org.jspecify.annotations.NullMarked;
