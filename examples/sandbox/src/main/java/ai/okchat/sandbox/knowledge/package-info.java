/** The knowledge base: documents, their chunks, and finding them again. */
@NullMarked
package ai.okchat.sandbox.knowledge;

import org.jspecify.annotations.NullMarked;
