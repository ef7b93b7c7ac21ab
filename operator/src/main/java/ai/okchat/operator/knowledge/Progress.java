package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.DocumentCounts;
import ai.okchat.api.v1alpha1.DocumentState;
import ai.okchat.api.v1alpha1.DocumentStatus;
import ai.okchat.operator.knowledge.document.Document;
import ai.okchat.operator.knowledge.document.Sha256;
import ai.okchat.operator.knowledge.document.Unusable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How far the documents of a source are after a pass.
 *
 * @param contentDigest of all titles that the bot shall have
 * @param documents each with its state, failures first
 * @param overLimit how many documents stay in the bot since they are more than may go at once
 * @param understood whether the backend's list could be read
 * @param late whether a document was accepted long ago and is not listed yet
 * @param changed whether the pass had something to send or to remove
 * @param recheck how soon it may be farther; zero where nothing is awaited
 */
record Progress(
    String botId,
    String contentDigest,
    List<DocumentStatus> documents,
    int overLimit,
    boolean understood,
    boolean late,
    boolean changed,
    Duration recheck) {

  Progress {
    documents = List.copyOf(documents);
  }

  static String contentDigest(List<Document> documents) {
    return "sha256:"
        + Sha256.of(
            documents.stream()
                .map(it -> it.title().text())
                .sorted()
                .collect(Collectors.joining("\n")));
  }

  /** Failures, then what is on its way, then what is accepted; by name among each. */
  static List<DocumentStatus> documents(IngestionPlan plan, List<Unusable> unusable) {
    var failed = new ArrayList<DocumentStatus>();
    unusable.forEach(
        it ->
            failed.add(new DocumentStatus(it.name(), null, null, DocumentState.FAILED, it.why())));
    plan.failed()
        .forEach((document, delivery) -> failed.add(failed(document, null, delivery.message())));
    var accepted = new ArrayList<DocumentStatus>();
    plan.accepted()
        .forEach(
            (document, listed) -> {
              if (listed.hasFailed()) {
                failed.add(
                    failed(document, listed.id(), "The backend says that it could not index it."));
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
    return ordered(failed, plan.pending().stream().map(Progress::pending).toList(), accepted);
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

  DocumentCounts counts() {
    return new DocumentCounts(
        documents.size(),
        count(DocumentState.ACCEPTED),
        count(DocumentState.PENDING),
        count(DocumentState.FAILED));
  }

  boolean isSettled() {
    return understood && count(DocumentState.PENDING) == 0 && recheck.isZero();
  }

  /** Whether more is to be sent or removed as soon as possible. */
  boolean isSending() {
    return recheck.isPositive() && recheck.compareTo(Delivery.SHORTEST_POLL) < 0;
  }

  /** Whether each document of the source is listed, exactly as it is. */
  boolean isIngested() {
    return isSettled() && !documents.isEmpty() && count(DocumentState.FAILED) == 0;
  }

  private int count(DocumentState state) {
    return (int) documents.stream().filter(it -> it.state() == state).count();
  }
}
