package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.knowledge.source.Snapshot;
import ai.okchat.operator.knowledge.source.Source;
import ai.okchat.operator.knowledge.source.Sources;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What sources held when they were last read. What comes over the network is read again at the
 * spec's interval, after a change of the spec and on request; all else at each pass.
 */
final class Readings {

  /**
   * A reading.
   *
   * @param request value of the annotation that asked for it, if any did
   */
  private record Kept(Long generation, String request, Instant at, Snapshot snapshot) {}

  private final Sources sources;
  private final Fetches fetches;
  private final Clock clock;
  private final Map<String, Kept> byUid = new ConcurrentHashMap<>();

  /**
   * Reads from these sources.
   *
   * @param fetches reads what comes over the network
   */
  Readings(Sources sources, Fetches fetches, Clock clock) {
    this.sources = sources;
    this.fetches = fetches;
    this.clock = clock;
  }

  /**
   * The documents of the source: as last read, or read now where that is due.
   *
   * @return empty while the source is fetched; the object is requeued at the end of that
   */
  Optional<Source.Reading> of(KnowledgeSource source) {
    var kept = byUid.get(uid(source));
    if (kept != null && isCurrent(kept, source)) {
      return Optional.of(new Source.Reading.Read(kept.snapshot()));
    }
    var before = before(kept, source);
    var reading =
        Sources.isFetched(source)
            ? fetches.of(source, request(source), () -> sources.read(source, before))
            : Optional.of(sources.read(source, before));
    reading.ifPresent(read -> keep(source, read));
    return reading;
  }

  private void keep(KnowledgeSource source, Source.Reading reading) {
    forget(source);
    if (reading instanceof Source.Reading.Read(var snapshot)) {
      byUid.put(
          uid(source),
          new Kept(
              source.getMetadata().getGeneration(), request(source), clock.instant(), snapshot));
    }
  }

  /** The reading before, where it was by the same spec. */
  private static Optional<Snapshot> before(@Nullable Kept kept, KnowledgeSource source) {
    return Optional.ofNullable(kept)
        .filter(it -> it.generation().equals(source.getMetadata().getGeneration()))
        .map(Kept::snapshot);
  }

  /** When the source was last read. */
  Instant at(KnowledgeSource source) {
    var kept = byUid.get(uid(source));
    return kept == null ? clock.instant() : kept.at();
  }

  /** How long until the source is to be read again. */
  Duration untilDue(KnowledgeSource source) {
    return Duration.between(clock.instant(), at(source).plus(interval(source)));
  }

  /**
   * The pass is over. Bytes are not kept longer than they are needed.
   *
   * @param sending whether documents remain that are to be sent soon
   */
  void finish(KnowledgeSource source, boolean sending) {
    var kept = byUid.get(uid(source));
    if (kept == null) {
      return;
    }
    if (!Sources.isFetched(source)) {
      forget(source);
    } else if (!sending) {
      kept.snapshot().close();
    }
  }

  /** The source is to be read anew at the next pass, with all its bytes. */
  void forget(KnowledgeSource source) {
    fetches.discard(uid(source));
    var kept = byUid.remove(uid(source));
    if (kept != null) {
      kept.snapshot().close();
    }
  }

  static @Nullable String requestedAt(KnowledgeSource source) {
    var annotations = source.getMetadata().getAnnotations();
    return annotations == null ? null : annotations.get(KnowledgeChanges.REFRESH_REQUESTED_AT);
  }

  private boolean isCurrent(Kept kept, KnowledgeSource source) {
    return Sources.isFetched(source)
        && kept.generation().equals(source.getMetadata().getGeneration())
        && kept.request().equals(request(source))
        && kept.at().plus(interval(source)).isAfter(clock.instant());
  }

  private static String request(KnowledgeSource source) {
    return Objects.requireNonNullElse(requestedAt(source), "");
  }

  private static Duration interval(KnowledgeSource source) {
    return source.getSpec().refreshInterval().toDuration();
  }

  private static String uid(KnowledgeSource source) {
    return source.getMetadata().getUid();
  }
}
