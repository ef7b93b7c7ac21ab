package ai.okchat.operator.knowledge.ingestion;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.planning.document.UploadAttempt;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tracks documents that this process sent and that no list has shown yet. In memory only: state
 * that must survive a restart is in the {@link Ledger} and in the annotation that announces a
 * batch.
 */
public final class UploadTracker {

  /**
   * The upload attempts for one bot and one source.
   *
   * @param byKey attempts by title key
   * @param quietUntil before this time, documents that are not known here may still be listed: an
   *     earlier process had started a batch
   * @param saved attempts that the ledger has
   */
  public record Memory(
      String botId,
      Map<String, UploadAttempt> byKey,
      Optional<Instant> quietUntil,
      Map<String, UploadAttempt> saved) {

    public static Memory of(
        String botId, Map<String, UploadAttempt> saved, Optional<Instant> quietUntil) {
      return new Memory(botId, new ConcurrentHashMap<>(saved), quietUntil, new HashMap<>(saved));
    }
  }

  private final Map<String, Memory> byUid = new ConcurrentHashMap<>();
  private final Map<String, RemovedDocuments> removedByUid = new ConcurrentHashMap<>();
  private final Map<String, String> requestByUid = new ConcurrentHashMap<>();
  private final Set<String> unknownBots = ConcurrentHashMap.newKeySet();
  private final Set<String> botsThatKeepTitles = ConcurrentHashMap.newKeySet();

  /** Returns the attempts; empty if this process has sent nothing for this source to this bot. */
  public Optional<Memory> of(String uid, String botId) {
    return Optional.ofNullable(byUid.get(uid)).filter(memory -> memory.botId().equals(botId));
  }

  /** Returns whether this process has sent anything for this source, to any bot. */
  boolean knows(String uid) {
    return byUid.containsKey(uid);
  }

  /** Starts the record of what is sent for a source to one bot; returns it. */
  public Memory begin(String uid, Memory memory) {
    byUid.put(uid, memory);
    return memory;
  }

  /**
   * Drops failed attempts once for each value of the annotation that requests a refresh, so that
   * the documents are sent again.
   */
  void retryOnRequest(KnowledgeSource source, Memory memory, Instant now) {
    var request = KnowledgeMetadata.refreshRequest(source);
    var status = source.getStatus();
    if (request == null || (status != null && request.equals(status.lastHandledRefreshAt()))) {
      return;
    }
    if (!request.equals(requestByUid.put(source.getMetadata().getUid(), request))) {
      memory.byKey().values().removeIf(attempt -> attempt.isFailed() && !attempt.isAwaited(now));
    }
  }

  /** Drops everything that is known about a source. */
  public void forget(String uid) {
    byUid.remove(uid);
    requestByUid.remove(uid);
    removedByUid.remove(uid);
  }

  /** Records that the backend accepted the removal of a document of this source. */
  void acceptedRemoval(String uid, String documentId, Instant now) {
    removedByUid.computeIfAbsent(uid, _ -> new RemovedDocuments()).accepted(documentId, now);
  }

  /**
   * Returns the documents that were removed for this source; empty if none were, as for most
   * sources.
   */
  public Optional<RemovedDocuments> removed(String uid) {
    return Optional.ofNullable(removedByUid.get(uid));
  }

  /**
   * Returns how long until a failed document of this source is sent again; empty if none failed.
   */
  public Optional<Duration> untilRetry(String uid, Instant now) {
    var memory = byUid.get(uid);
    return memory == null
        ? Optional.empty()
        : memory.byKey().values().stream()
            .filter(UploadAttempt::isFailed)
            .map(attempt -> Duration.between(now, attempt.retryAt()))
            .min(Comparator.naturalOrder());
  }

  /** Returns whether the last upload to this bot found that the backend does not know it. */
  boolean isUnknown(String botId) {
    return unknownBots.contains(botId);
  }

  /** Records whether the backend knows the bot; returns whether that is new. */
  boolean setUnknown(String botId, boolean unknown) {
    return unknown ? unknownBots.add(botId) : unknownBots.remove(botId);
  }

  /**
   * Returns whether replacing a document changes its title too; assumed until a list shows
   * otherwise.
   */
  boolean replacesInPlace(String botId) {
    return !botsThatKeepTitles.contains(botId);
  }

  /** Records that a list showed a replaced document under its old title. */
  void keepsTitles(String botId) {
    botsThatKeepTitles.add(botId);
  }
}
