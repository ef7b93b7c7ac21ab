package ai.okchat.operator.okchat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One document of a bot's knowledge base. None of its fields is published.
 *
 * @param title as listed; empty where the backend has none
 * @param createdAt if it says so
 * @param state in the backend's words, if it says so
 */
public record KnowledgeDocument(
    String id, String title, @Nullable Instant createdAt, @Nullable String state) {}
