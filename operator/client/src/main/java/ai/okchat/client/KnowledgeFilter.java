package ai.okchat.client;

import org.jspecify.annotations.Nullable;

/**
 * Narrows a list of documents (SPEC 2.10). Null omits a criterion.
 *
 * @param title complete or partial: the reference does not say which one the backend compares
 */
public record KnowledgeFilter(@Nullable String title, @Nullable String documentId) {
  public static final KnowledgeFilter NONE = new KnowledgeFilter(null, null);
}
