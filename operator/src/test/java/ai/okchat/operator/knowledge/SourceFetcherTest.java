package ai.okchat.operator.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.fetch.SourceException;
import ai.okchat.operator.knowledge.source.Source.Reading;
import ai.okchat.operator.status.Failure;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** T68: sources that come over the network are read beside the reconciliations. */
class SourceFetcherTest {

  private static final Reading FOUND =
      new Reading.Missing(Failure.referenceNotFound("A result like any other."));

  private final Queue<String> requeued = new ConcurrentLinkedQueue<>();
  private final Queue<String> begun = new ConcurrentLinkedQueue<>();
  private final CountDownLatch release = new CountDownLatch(1);
  private final SourceFetcher patient = fetches(Duration.ofMinutes(1));
  private final SourceFetcher impatient = fetches(Duration.ZERO);

  @AfterEach
  void stop() {
    release.countDown();
  }

  @Test
  void returnsWhatIsReadInTime() {
    // When
    var reading = patient.of(source("team", "a", 1), "", () -> FOUND);

    // Then
    assertThat(reading).contains(FOUND);
    assertThat(requeued).isEmpty();
  }

  @Test
  void throwsWhatTheReadingThrows() {
    // Given
    Supplier<Reading> failing =
        () -> {
          throw new SourceException("The site is down.", true);
        };

    // When, Then
    assertThatThrownBy(() -> patient.of(source("team", "a", 1), "", failing))
        .isInstanceOf(SourceException.class)
        .hasMessage("The site is down.");
    assertThat(patient.of(source("team", "a", 1), "", () -> FOUND)).contains(FOUND);
  }

  @Test
  @DisplayName(
      "T68: a slow fetch ends the reconciliation, and the end of the fetch requeues the source")
  void requeuesTheSourceAtTheEndOfASlowFetch() {
    // Given
    var source = source("team", "a", 1);

    // When
    var first = impatient.of(source, "", slow("a"));
    var again = impatient.of(source, "", slow("never"));
    release.countDown();
    Awaitility.await().until(() -> !requeued.isEmpty());

    // Then
    assertThat(first).isEmpty();
    assertThat(again).isEmpty();
    assertThat(requeued).containsExactly("a");
    assertThat(begun).containsExactly("a");
    assertThat(impatient.of(source, "", slow("never"))).contains(FOUND);
  }

  @Test
  void readsAgainWhenTheSpecChangesMeanwhile() {
    // Given
    impatient.of(source("team", "a", 1), "", slow("old"));

    // When
    impatient.of(source("team", "a", 2), "", slow("new"));
    release.countDown();
    Awaitility.await().until(() -> !requeued.isEmpty());

    // Then
    assertThat(impatient.of(source("team", "a", 2), "", slow("never"))).contains(FOUND);
    assertThat(begun).contains("new").doesNotContain("never");
    assertThat(requeued).containsExactly("a");
  }

  @Test
  @DisplayName("T68: slow sources of one namespace do not occupy the threads of another")
  void keepsThreadsForOtherNamespaces() {
    // Given
    for (var i = 0; i < 10; i++) {
      impatient.of(source("noisy", "noisy-" + i, 1), "", slow("noisy"));
    }

    // When
    impatient.of(source("quiet", "quiet", 1), "", slow("quiet"));
    Awaitility.await().until(() -> begun.size() == 4);

    // Then
    assertThat(begun).containsExactlyInAnyOrder("noisy", "noisy", "noisy", "quiet");
    release.countDown();
    Awaitility.await().until(() -> requeued.size() == 11);
  }

  /** Readings are in memory only, so a new process reads every web and git source. */
  @Test
  @DisplayName("T68: after a restart, as few sources are fetched at a time as at any other time")
  void fetchesFewSourcesAtATimeWhenAllAreReadAfterARestart() {
    // Given
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    Supplier<Reading> counted =
        () -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
          running.decrementAndGet();
          return FOUND;
        };

    // When
    var ended = new AtomicInteger();
    for (var i = 0; i < 200; i++) {
      var reading = impatient.of(source("team-" + i % 5, "team-" + i, 1), "", counted);
      reading.ifPresent(_ -> ended.incrementAndGet());
    }
    Awaitility.await().until(() -> ended.get() + requeued.size() == 200);

    // Then
    assertThat(most).hasValueBetween(2, 4);
  }

  @Test
  void interruptsFetchesThatAreNoLongerNeeded() {
    // Given
    impatient.of(source("team", "a", 1), "", slow("a"));
    Awaitility.await().until(() -> begun.size() == 1);

    // When
    impatient.discard("uid-of-a");
    var another = patient.of(source("team", "a", 1), "", () -> FOUND);

    // Then
    Awaitility.await().until(() -> begun.contains("interrupted"));
    assertThat(another).isEqualTo(Optional.of(FOUND));
    assertThat(requeued).isEmpty();
  }

  private SourceFetcher fetches(Duration patience) {
    return new SourceFetcher(4, patience, source -> requeued.add(source.getMetadata().getName()));
  }

  private Supplier<Reading> slow(String name) {
    return () -> {
      begun.add(name);
      try {
        release.await();
      } catch (InterruptedException e) {
        begun.add("interrupted");
        throw new SourceException("The operator is stopping.", true);
      }
      return FOUND;
    };
  }

  private static KnowledgeSource source(String namespace, String name, long generation) {
    var source = new KnowledgeSource();
    source.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(namespace)
            .withName(name)
            .withUid("uid-of-" + name)
            .withGeneration(generation)
            .build());
    return source;
  }
}
