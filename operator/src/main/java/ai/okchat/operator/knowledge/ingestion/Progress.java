package ai.okchat.operator.knowledge.ingestion;

import ai.okchat.api.v1alpha1.DocumentCounts;
import ai.okchat.api.v1alpha1.DocumentState;
import ai.okchat.api.v1alpha1.DocumentStatus;
import ai.okchat.client.Sha256;
import ai.okchat.planning.document.Document;
import ai.okchat.planning.document.IngestionPlan;
import ai.okchat.planning.document.Omissions;
import ai.okchat.planning.document.RejectedFile;
import ai.okchat.planning.document.UploadAttempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The progress of the documents of a source after a reconciliation.
 *
 * @param contentDigest digest of all desired titles
 * @param documents each with its state, failures first
 * @param overLimit how many documents stay in the bot because they exceed the prune limit
 * @param understood whether the list of the backend could be read
 * @param late whether a document was accepted long ago and is not listed yet
 * @param changed whether the reconciliation had to send or remove something
 * @param requeueAfter how soon to reconcile again; zero if nothing is awaited
 * @param omissions parts of the source that its reading has no document for
 * @param failedLimitPercent share of the documents that the source may fail to give while it is
 *     Ready, in percent
 */
public record Progress(
    String botId,
    String contentDigest,
    List<DocumentStatus> documents,
    int overLimit,
    boolean understood,
    boolean late,
    boolean changed,
    Duration requeueAfter,
    Omissions omissions,
    int failedLimitPercent) {

  public Progress {
    documents = List.copyOf(documents);
  }

  /** Creates the progress of a source that was read completely, and must give each document. */
  public Progress(
      String botId,
      String contentDigest,
      List<DocumentStatus> documents,
      int overLimit,
      boolean understood,
      boolean late,
      boolean changed,
      Duration requeueAfter) {
    this(
        botId,
        contentDigest,
        documents,
        overLimit,
        understood,
        late,
        changed,
        requeueAfter,
        Omissions.NONE,
        0);
  }

  static String contentDigest(List<Document> documents) {
    return "sha256:"
        + Sha256.of(
            documents.stream()
                .map(document -> document.title().text())
                .sorted()
                .collect(Collectors.joining("\n")));
  }

  /** Returns failed, then pending, then accepted documents, each by name. */
  static List<DocumentStatus> documents(
      IngestionPlan plan, List<RejectedFile> unusable, Omissions omissions) {
    var failed = new ArrayList<DocumentStatus>();
    unusable.forEach(
        file ->
            failed.add(
                new DocumentStatus(file.name(), null, null, DocumentState.FAILED, file.why())));
    plan.failed()
        .forEach((document, attempt) -> failed.add(failed(document, null, attempt.message())));
    var accepted = new ArrayList<DocumentStatus>();
    plan.accepted()
        .forEach(
            (document, listed) -> {
              if (listed.hasFailed()) {
                failed.add(failed(document, listed.id(), "The backend could not index it."));
              } else {
                accepted.add(
                    new DocumentStatus(
                        document.name(),
                        document.digest(),
                        listed.id(),
                        DocumentState.ACCEPTED,
                        null));
              }
            });
    var pending =
        Stream.concat(
            plan.pending().stream().map(Progress::pending),
            omissions.unread().stream().map(Progress::unread));
    return ordered(failed, pending.toList(), accepted);
  }

  /** Returns the state of a document whose content is unknown, because it is not read yet. */
  static DocumentStatus unread(String name) {
    return new DocumentStatus(name, null, null, DocumentState.PENDING, null);
  }

  static DocumentStatus pending(Document document) {
    return new DocumentStatus(
        document.name(), document.digest(), null, DocumentState.PENDING, null);
  }

  static DocumentStatus failed(Document document, @Nullable String id, String message) {
    return new DocumentStatus(
        document.name(), document.digest(), id, DocumentState.FAILED, message);
  }

  static List<DocumentStatus> ordered(
      List<DocumentStatus> failed, List<DocumentStatus> pending, List<DocumentStatus> accepted) {
    var all = new ArrayList<DocumentStatus>();
    List.of(failed, pending, accepted)
        .forEach(
            some ->
                some.stream().sorted(Comparator.comparing(DocumentStatus::name)).forEach(all::add));
    return all;
  }

  public DocumentCounts counts() {
    return new DocumentCounts(
        documents.size(),
        count(DocumentState.ACCEPTED),
        count(DocumentState.PENDING),
        count(DocumentState.FAILED),
        omissions.rejected(),
        omissions.skipped());
  }

  /** Returns whether nothing has to be sent or awaited. */
  public boolean isSettled() {
    return understood && count(DocumentState.PENDING) == 0 && requeueAfter.isZero();
  }

  /** Returns whether more has to be sent or removed as soon as possible. */
  public boolean isSending() {
    return requeueAfter.isPositive() && requeueAfter.compareTo(UploadAttempt.SHORTEST_POLL) < 0;
  }

  /** Returns whether each document is listed unchanged, except for tolerated failures. */
  public boolean isIngested() {
    return isSettled() && count(DocumentState.ACCEPTED) > 0 && toleratesFailures();
  }

  /** Returns the failed documents, by name. */
  public List<DocumentStatus> failed() {
    return documents.stream().filter(document -> document.state() == DocumentState.FAILED).toList();
  }

  /**
   * Returns whether the failures are within the limit, rounded up. A document that the backend
   * rejected, and so has a digest, is never tolerated.
   */
  private boolean toleratesFailures() {
    var failed = failed();
    return failed.stream().allMatch(document -> document.digest() == null)
        && failed.size() <= Math.ceilDiv(documents.size() * failedLimitPercent, 100);
  }

  private int count(DocumentState state) {
    return (int) documents.stream().filter(document -> document.state() == state).count();
  }
}
