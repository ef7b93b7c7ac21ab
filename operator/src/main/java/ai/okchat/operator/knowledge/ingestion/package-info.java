/** Plans the documents of a bot, uploads and removes them, and records what the list omits. */
@NullMarked
package ai.okchat.operator.knowledge.ingestion;

import org.jspecify.annotations.NullMarked;
