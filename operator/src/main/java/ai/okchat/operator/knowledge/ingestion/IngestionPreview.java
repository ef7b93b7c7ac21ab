package ai.okchat.operator.knowledge.ingestion;

import ai.okchat.api.v1alpha1.DocumentState;
import ai.okchat.api.v1alpha1.DocumentStatus;
import ai.okchat.planning.document.Document;
import ai.okchat.planning.document.IngestionPlan;
import ai.okchat.planning.document.ListedDocument;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a dry run, which the operator does not send. Pure.
 *
 * @param progress state of the documents of the source
 * @param uploads number of documents to upload
 * @param replacements number of documents to replace
 * @param removals number of documents to remove
 * @param documents those of the source and those to remove, failures first; the message of one that
 *     is to be changed has the change
 */
public record IngestionPreview(
    Progress progress,
    int uploads,
    int replacements,
    int removals,
    List<DocumentStatus> documents) {

  static final String UPLOAD = "Dry run: the operator would upload it.";
  static final String REPLACE = "Dry run: the operator would replace the version in the bot.";
  static final String REMOVE = "Dry run: the operator would remove it from the bot.";

  public IngestionPreview {
    documents = List.copyOf(documents);
  }

  static IngestionPreview of(Progress progress, IngestionPlan plan) {
    return of(
        progress,
        plan.uploads(),
        plan.replacements().stream().map(IngestionPlan.Replacement::document).toList(),
        plan.removals().all());
  }

  static IngestionPreview of(
      Progress progress,
      Collection<Document> uploads,
      Collection<Document> replacements,
      List<ListedDocument> removals) {
    var uploaded = names(uploads);
    var replaced = names(replacements);
    var pending =
        Stream.concat(
            rows(progress, DocumentState.PENDING)
                .map(row -> withMessage(row, messageOf(row.name(), uploaded, replaced))),
            removals.stream().map(IngestionPreview::removed));
    return new IngestionPreview(
        progress,
        uploads.size(),
        replacements.size(),
        removals.size(),
        Progress.ordered(
            progress.failed(), pending.toList(), rows(progress, DocumentState.ACCEPTED).toList()));
  }

  /** Returns the plan in numbers, and how a user carries it out. */
  public String message() {
    var counts = progress.counts();
    var message =
        new StringBuilder(
            "The annotation %s is set: the operator would upload %d, replace %d and remove %d documents, and keep %d; %d documents are failed, and %d files are skipped. Remove the annotation to send the changes; status.documents names them."
                .formatted(
                    KnowledgeMetadata.DRY_RUN,
                    uploads,
                    replacements,
                    removals,
                    counts.accepted(),
                    counts.failed(),
                    counts.skipped()));
    if (progress.overLimit() > 0) {
      message.append(
          " %d documents that are not in the source stay, because they are more than spec.pruneLimitPercent allows."
              .formatted(progress.overLimit()));
    }
    Stream.of(progress.omissions().pause(), progress.omissions().leftOut())
        .filter(text -> !text.isEmpty())
        .forEach(text -> message.append(' ').append(text));
    return message.toString();
  }

  private static Stream<DocumentStatus> rows(Progress progress, DocumentState state) {
    return progress.documents().stream().filter(row -> row.state() == state);
  }

  private static Set<String> names(Collection<Document> documents) {
    return documents.stream().map(Document::name).collect(Collectors.toCollection(HashSet::new));
  }

  private static @Nullable String messageOf(
      String name, Set<String> uploaded, Set<String> replaced) {
    if (replaced.contains(name)) {
      return REPLACE;
    }
    return uploaded.contains(name) ? UPLOAD : null;
  }

  private static DocumentStatus withMessage(DocumentStatus row, @Nullable String message) {
    return new DocumentStatus(row.name(), row.digest(), row.id(), row.state(), message);
  }

  private static DocumentStatus removed(ListedDocument listed) {
    return new DocumentStatus(
        listed.title().name(), null, listed.id(), DocumentState.PENDING, REMOVE);
  }
}
