package ai.okchat.operator.okchat;

import org.jspecify.annotations.Nullable;

/**
 * Narrows a list of documents (SPEC 2.10). Null leaves a part out.
 *
 * @param title whole or in part: which of the two the backend compares is not known
 */
public record KnowledgeFilter(@Nullable String title, @Nullable String documentId) {
  public static final KnowledgeFilter NONE = new KnowledgeFilter(null, null);
}
