package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.fetch.SourceException;
import ai.okchat.operator.knowledge.ingestion.KnowledgeMetadata;
import ai.okchat.operator.knowledge.ingestion.LinkedBot;
import ai.okchat.operator.knowledge.source.Snapshot;
import ai.okchat.operator.knowledge.source.Source;
import ai.okchat.operator.knowledge.source.SourceKind;
import ai.okchat.operator.knowledge.source.SourceReader;
import ai.okchat.operator.scheduling.Jitter;
import ai.okchat.operator.scheduling.NamespaceQuota;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Caches the last reading of each source. A source that comes over the network is read again at the
 * interval of the spec, after a change of the spec and on request; all others are read in each
 * reconciliation.
 */
final class SourceCache {

  /** An unread source is not compared with the bot, which happens at least hourly otherwise. */
  private static final Duration LONGEST_SPREAD = Duration.ofHours(1);

  /**
   * A reading.
   *
   * @param request value of the annotation that requested it; empty if there was none
   * @param weight bytes of memory that it has
   */
  private record Kept(
      Long generation, String request, Instant at, Snapshot snapshot, long weight) {}

  /** Divisor of the size of the heap: the memory of all readings together. */
  private static final int MEMORY_SHARE = 4;

  private final SourceReader sources;
  private final SourceFetcher fetches;
  private final Clock clock;
  private final NamespaceQuota memory;
  private final Map<String, Kept> byUid = new ConcurrentHashMap<>();

  /** When this process reads a source for the first time; the past after it was due. */
  private final Map<String, Instant> firstReads = new ConcurrentHashMap<>();

  /**
   * Limits the memory of all readings to a quarter of the heap.
   *
   * @param fetches reads the sources that come over the network
   */
  SourceCache(SourceReader sources, SourceFetcher fetches, Clock clock) {
    this(
        sources,
        fetches,
        clock,
        new NamespaceQuota(Runtime.getRuntime().maxMemory() / MEMORY_SHARE));
  }

  SourceCache(SourceReader sources, SourceFetcher fetches, Clock clock, NamespaceQuota memory) {
    this.memory = memory;
    this.sources = sources;
    this.fetches = fetches;
    this.clock = clock;
  }

  /**
   * Returns the documents of the source from the cache, or reads them if that is due.
   *
   * @return empty while the source is fetched; the end of the fetch requeues the object
   * @throws SourceException if there is no memory for the names of its documents
   */
  Optional<Source.Reading> of(KnowledgeSource source) {
    var kept = byUid.get(uid(source));
    if (kept != null && isCurrent(kept, source) && !mayContinue(kept)) {
      return read(kept);
    }
    var before = before(kept, source);
    var reading =
        SourceKind.of(source).isRemote()
            ? fetches.of(source, request(source), () -> sources.read(source, before))
            : Optional.of(sources.read(source, before));
    reading.ifPresent(read -> keep(source, read));
    return reading.isEmpty() && kept != null && isUnfinished(kept, source) ? read(kept) : reading;
  }

  /**
   * Returns how long the first reading of this process can wait. The status may prove that an
   * earlier process read the source within its interval and ingested its documents. Such readings
   * spread over what remains of the interval, at most an hour, instead of starting together with
   * the process.
   *
   * @return zero or less: read the source now
   */
  Duration untilFirstRead(KnowledgeSource source, LinkedBot bot) {
    var now = clock.instant();
    var spread = KnowledgeStatusFactory.untilRefresh(source, bot, now);
    var due =
        firstReads.compute(
            uid(source),
            (_, known) ->
                !spread.isPositive()
                    ? Instant.MIN
                    : known == null ? now.plus(Jitter.below(min(spread, LONGEST_SPREAD))) : known);
    return due.isAfter(now) ? Duration.between(now, due) : Duration.ZERO;
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Optional<Source.Reading> read(Kept kept) {
    return Optional.of(new Source.Reading.Read(kept.snapshot()));
  }

  /** Returns whether the next fetch of an unfinished reading may begin. */
  private boolean mayContinue(Kept kept) {
    return kept.snapshot().isClosed()
        && kept.snapshot()
            .pause()
            .filter(pause -> !kept.at().plus(pause).isAfter(clock.instant()))
            .isPresent();
  }

  /** Returns whether a fetch has read only a part of what the source asks for now. */
  private static boolean isUnfinished(Kept kept, KnowledgeSource source) {
    return kept.snapshot().pause().isPresent() && isFor(kept, source);
  }

  /** Returns whether the reading is for this spec and this request. */
  private static boolean isFor(Kept kept, KnowledgeSource source) {
    return kept.generation().equals(source.getMetadata().getGeneration())
        && kept.request().equals(request(source));
  }

  private void keep(KnowledgeSource source, Source.Reading reading) {
    forget(source);
    if (reading instanceof Source.Reading.Read(var snapshot)) {
      var metadata = source.getMetadata();
      var weight = snapshot.weight();
      try {
        reserve(metadata.getNamespace(), weight);
      } catch (SourceException e) {
        snapshot.close();
        throw e;
      }
      byUid.put(
          uid(source),
          new Kept(metadata.getGeneration(), request(source), clock.instant(), snapshot, weight));
    }
  }

  private void reserve(String namespace, long weight) {
    switch (memory.take(namespace, weight)) {
      case NONE -> {}
      case OF_NAMESPACE ->
          throw full(
              "the sources of one namespace",
              memory.mostOfNamespace(),
              weight <= memory.mostOfNamespace());
      case OF_ALL -> throw full("all sources together", memory.most(), true);
    }
  }

  private static SourceException full(String whose, long limit, boolean isTransient) {
    return new SourceException(
        "The names of its documents do not fit into the memory of the operator, of which %s may use %d bytes for names. Make the source smaller, or give the operator more memory."
            .formatted(whose, limit),
        isTransient);
  }

  /**
   * Returns the previous reading, if it was for the same generation. A fetch continues an
   * unfinished reading only if no user asked for another one meanwhile.
   */
  private static Optional<Snapshot> before(@Nullable Kept kept, KnowledgeSource source) {
    return Optional.ofNullable(kept)
        .filter(reading -> reading.generation().equals(source.getMetadata().getGeneration()))
        .filter(reading -> reading.snapshot().pause().isEmpty() || isFor(reading, source))
        .map(Kept::snapshot);
  }

  /** Returns when the source was last read. */
  Instant at(KnowledgeSource source) {
    var kept = byUid.get(uid(source));
    return kept == null ? clock.instant() : kept.at();
  }

  /**
   * Returns how long until the next fetch of an unfinished reading; empty if there is none, or if
   * it is running: its end requeues the object.
   */
  Optional<Duration> untilContinued(KnowledgeSource source) {
    return Optional.ofNullable(byUid.get(uid(source)))
        .filter(kept -> isUnfinished(kept, source) && !fetches.isFetching(uid(source)))
        .flatMap(
            kept ->
                kept.snapshot()
                    .pause()
                    .map(pause -> Duration.between(clock.instant(), kept.at().plus(pause))));
  }

  /** Returns how long until the source has to be read again. */
  Duration untilDue(KnowledgeSource source) {
    var kept = byUid.get(uid(source));
    if (kept != null && isUnfinished(kept, source)) {
      return untilContinued(source).orElse(interval(source));
    }
    return Duration.between(clock.instant(), at(source).plus(interval(source)));
  }

  /**
   * Ends a reconciliation, and drops bytes that are no longer needed.
   *
   * @param sending whether documents remain that have to be sent soon
   */
  void finish(KnowledgeSource source, boolean sending) {
    var kept = byUid.get(uid(source));
    if (kept == null) {
      return;
    }
    if (!SourceKind.of(source).isRemote()) {
      forget(source);
    } else if (!sending) {
      kept.snapshot().close();
    }
  }

  /**
   * Drops the reading, so that the next reconciliation reads the source again with all its bytes.
   */
  void forget(KnowledgeSource source) {
    fetches.discard(uid(source));
    var kept = byUid.remove(uid(source));
    if (kept != null) {
      kept.snapshot().close();
      memory.change(source.getMetadata().getNamespace(), -kept.weight());
    }
  }

  /** Drops everything that is known about a deleted source. */
  void gone(KnowledgeSource source) {
    forget(source);
    firstReads.remove(uid(source));
  }

  private boolean isCurrent(Kept kept, KnowledgeSource source) {
    return SourceKind.of(source).isRemote()
        && isFor(kept, source)
        && (kept.snapshot().pause().isPresent()
            || kept.at().plus(interval(source)).isAfter(clock.instant()));
  }

  private static String request(KnowledgeSource source) {
    return Objects.requireNonNullElse(KnowledgeMetadata.refreshRequest(source), "");
  }

  private static Duration interval(KnowledgeSource source) {
    return source.getSpec().refreshInterval().toDuration();
  }

  private static String uid(KnowledgeSource source) {
    return source.getMetadata().getUid();
  }
}
