package ai.okchat.operator.knowledge.ingestion;

import ai.okchat.planning.document.ListedDocument;
import ai.okchat.planning.document.UploadAttempt;
import ai.okchat.planning.document.UploadAttempt.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Remembers the documents of one source whose removal the backend accepted, until its list no
 * longer shows them. In memory only: after a restart the operator sends a removal again.
 */
public final class RemovedDocuments {

  private final Map<String, UploadAttempt> byId = new ConcurrentHashMap<>();
  private final AtomicInteger confirmed = new AtomicInteger();

  /** Records that the backend accepted the removal, or does not know the document. */
  void accepted(String id, Instant now) {
    byId.merge(
        id,
        new UploadAttempt(Outcome.REMOVED, now, "", 1),
        (before, again) -> new UploadAttempt(Outcome.REMOVED, now, "", before.attempts() + 1));
  }

  /** Returns the listed documents without those whose removal the list does not show yet. */
  public List<ListedDocument> without(List<ListedDocument> listed, Instant now) {
    if (byId.isEmpty()) {
      return listed;
    }
    var ids = listed.stream().map(ListedDocument::id).collect(Collectors.toSet());
    byId.keySet().stream()
        .filter(id -> !ids.contains(id) && byId.remove(id) != null)
        .forEach(_ -> confirmed.incrementAndGet());
    return listed.stream().filter(document -> !isAwaited(document.id(), now)).toList();
  }

  /** Returns when to read the list again; empty if no removal is awaited. */
  public Optional<Duration> poll(Instant now) {
    return byId.values().stream().map(removal -> removal.poll(now)).min(Comparator.naturalOrder());
  }

  /** Returns how many documents the list stopped showing since the last call. */
  public int takeConfirmed() {
    return confirmed.getAndSet(0);
  }

  private boolean isAwaited(String id, Instant now) {
    var removal = byId.get(id);
    return removal != null && removal.isAwaited(now);
  }
}
