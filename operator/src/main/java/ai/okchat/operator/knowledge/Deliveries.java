package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this process knows of documents that it has sent and that no list has shown yet. Memory
 * only: what must survive is in the {@link Ledger} and in the annotation that announces a batch.
 */
final class Deliveries {

  /**
   * What was sent to one bot for one source.
   *
   * @param byKey by the key of the title
   * @param quietUntil before that, documents that are not known here may be on their way all the
   *     same: an earlier process had begun a batch
   * @param saved what of it the ledger has
   */
  record Memory(
      String botId,
      Map<String, Delivery> byKey,
      Optional<Instant> quietUntil,
      Map<String, Delivery> saved) {

    static Memory of(String botId, Map<String, Delivery> saved, Optional<Instant> quietUntil) {
      return new Memory(botId, new ConcurrentHashMap<>(saved), quietUntil, new HashMap<>(saved));
    }
  }

  private final Map<String, Memory> byUid = new ConcurrentHashMap<>();
  private final Map<String, RemovedDocuments> removedByUid = new ConcurrentHashMap<>();
  private final Map<String, String> requestByUid = new ConcurrentHashMap<>();
  private final Set<String> unknownBots = ConcurrentHashMap.newKeySet();
  private final Set<String> botsThatKeepTitles = ConcurrentHashMap.newKeySet();

  /** Empty where this process has sent nothing for this source to this bot. */
  Optional<Memory> of(String uid, String botId) {
    return Optional.ofNullable(byUid.get(uid)).filter(it -> it.botId().equals(botId));
  }

  /** Whether this process has sent anything for this source, to whatever bot. */
  boolean knows(String uid) {
    return byUid.containsKey(uid);
  }

  Memory begin(String uid, Memory memory) {
    byUid.put(uid, memory);
    return memory;
  }

  /** Failed documents are sent again once for each value of the annotation that asks for it. */
  void retryOnRequest(KnowledgeSource source, Memory memory, Instant now) {
    var request = Readings.requestedAt(source);
    var status = source.getStatus();
    if (request == null || (status != null && request.equals(status.lastHandledRefreshAt()))) {
      return;
    }
    if (!request.equals(requestByUid.put(source.getMetadata().getUid(), request))) {
      memory.byKey().values().removeIf(delivery -> delivery.isFailed() && !delivery.isAwaited(now));
    }
  }

  void forget(String uid) {
    byUid.remove(uid);
    requestByUid.remove(uid);
    removedByUid.remove(uid);
  }

  /** The backend accepted the removal of a document of this source. */
  void acceptedRemoval(String uid, String documentId, Instant now) {
    removedByUid.computeIfAbsent(uid, _ -> new RemovedDocuments()).accepted(documentId, now);
  }

  /** What was removed for this source; empty if nothing was, as for most sources. */
  Optional<RemovedDocuments> removed(String uid) {
    return Optional.ofNullable(removedByUid.get(uid));
  }

  /** How long until a failed document of this source is sent once more; empty if none is failed. */
  Optional<Duration> untilRetry(String uid, Instant now) {
    var memory = byUid.get(uid);
    return memory == null
        ? Optional.empty()
        : memory.byKey().values().stream()
            .filter(Delivery::isFailed)
            .map(delivery -> Duration.between(now, delivery.retryAt()))
            .min(Comparator.naturalOrder());
  }

  /** Whether the last upload to this bot found that the backend does not know it. */
  boolean isUnknown(String botId) {
    return unknownBots.contains(botId);
  }

  void setUnknown(String botId, boolean unknown) {
    if (unknown) {
      unknownBots.add(botId);
    } else {
      unknownBots.remove(botId);
    }
  }

  /** Whether replacing a document changes its title too; believed until a list shows otherwise. */
  boolean replacesInPlace(String botId) {
    return !botsThatKeepTitles.contains(botId);
  }

  /** A list has shown that a replaced document keeps its old title. */
  void keepsTitles(String botId) {
    botsThatKeepTitles.add(botId);
  }
}
