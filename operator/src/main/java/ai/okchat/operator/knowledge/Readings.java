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
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What sources held when they were last read. What comes over the network is read again at the
 * spec's interval, after a change of the spec and on request; all else at each pass.
 */
final class Readings {

  private record Kept(String occasion, Instant at, Snapshot snapshot) {}

  private final Sources sources;
  private final Clock clock;
  private final Map<String, Kept> byUid = new ConcurrentHashMap<>();

  Readings(Sources sources, Clock clock) {
    this.sources = sources;
    this.clock = clock;
  }

  /** The documents of the source: as last read, or read now where that is due. */
  Source.Reading of(KnowledgeSource source) {
    var kept = byUid.get(uid(source));
    if (kept != null && isCurrent(kept, source)) {
      return new Source.Reading.Read(kept.snapshot());
    }
    forget(source);
    var reading = sources.read(source);
    if (reading instanceof Source.Reading.Read(var snapshot)) {
      byUid.put(uid(source), new Kept(occasion(source), clock.instant(), snapshot));
    }
    return reading;
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

  /** The source is to be read anew at the next pass. */
  void forget(KnowledgeSource source) {
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
        && kept.occasion().equals(occasion(source))
        && kept.at().plus(interval(source)).isAfter(clock.instant());
  }

  private static String occasion(KnowledgeSource source) {
    return source.getMetadata().getGeneration()
        + "@"
        + Objects.requireNonNullElse(requestedAt(source), "");
  }

  private static Duration interval(KnowledgeSource source) {
    return source.getSpec().refreshInterval().toDuration();
  }

  private static String uid(KnowledgeSource source) {
    return source.getMetadata().getUid();
  }
}
