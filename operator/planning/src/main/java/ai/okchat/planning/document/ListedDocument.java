package ai.okchat.planning.document;

import ai.okchat.client.KnowledgeDocument;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A document of this source that the backend lists.
 *
 * @param state state that the backend reports; null if it reports none
 */
public record ListedDocument(
    String id, DocumentTitle title, @Nullable Instant createdAt, @Nullable String state) {

  private static final Set<String> FAILED = Set.of("failed", "error", "errored", "rejected");

  /** Returns the documents of this source, oldest first; the operator ignores all others. */
  public static List<ListedDocument> ownOf(List<KnowledgeDocument> listed, SourceTag source) {
    return listed.stream()
        .flatMap(
            document ->
                DocumentTitle.find(document.title(), source).stream()
                    .map(
                        title ->
                            new ListedDocument(
                                document.id(), title, document.createdAt(), document.state())))
        .sorted(
            Comparator.comparing(
                ListedDocument::createdAt, Comparator.nullsLast(Comparator.naturalOrder())))
        .toList();
  }

  /** Returns whether the backend reports that it could not index the document. */
  public boolean hasFailed() {
    return state != null && FAILED.contains(state.toLowerCase(Locale.ROOT));
  }
}
