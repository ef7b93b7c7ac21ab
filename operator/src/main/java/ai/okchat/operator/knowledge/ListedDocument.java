package ai.okchat.operator.knowledge;

import ai.okchat.operator.knowledge.document.DocumentTitle;
import ai.okchat.operator.knowledge.document.SourceTag;
import ai.okchat.operator.okchat.KnowledgeDocument;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A document of this source, as the backend lists it.
 *
 * @param state in the backend's words; null where it says nothing
 */
record ListedDocument(
    String id, DocumentTitle title, @Nullable Instant createdAt, @Nullable String state) {

  private static final Set<String> FAILED = Set.of("failed", "error", "errored", "rejected");

  /** Those of this source, the oldest first; no other is ever looked at again. */
  static List<ListedDocument> ownOf(List<KnowledgeDocument> listed, SourceTag source) {
    return listed.stream()
        .flatMap(
            it ->
                DocumentTitle.find(it.title(), source).stream()
                    .map(title -> new ListedDocument(it.id(), title, it.createdAt(), it.state())))
        .sorted(
            Comparator.comparing(
                ListedDocument::createdAt, Comparator.nullsLast(Comparator.naturalOrder())))
        .toList();
  }

  /** Whether the backend says that it could not index the document. */
  boolean hasFailed() {
    return state != null && FAILED.contains(state.toLowerCase(Locale.ROOT));
  }
}
