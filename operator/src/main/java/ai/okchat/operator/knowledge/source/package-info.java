/** Reads the documents of sources: one class for each kind of source. */
@NullMarked
package ai.okchat.operator.knowledge.source;

import org.jspecify.annotations.NullMarked;
