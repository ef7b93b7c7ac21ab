/**
 * Tests of KnowledgeSource: plans as tables, reconciliations against a sandbox, the real API
 * server.
 */
@NullMarked
package ai.okchat.operator.knowledge.ingestion;

import org.jspecify.annotations.NullMarked;
