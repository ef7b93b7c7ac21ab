package ai.okchat.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One document of the knowledge base of a bot. The API documents none of its fields.
 *
 * @param title as listed; empty if the backend has none
 * @param createdAt null if the backend does not report it
 * @param state as the backend reports it; null if it does not
 */
public record KnowledgeDocument(
    String id, String title, @Nullable Instant createdAt, @Nullable String state) {}
