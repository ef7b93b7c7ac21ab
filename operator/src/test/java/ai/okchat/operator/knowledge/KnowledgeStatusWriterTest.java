package ai.okchat.operator.knowledge;

import static ai.okchat.operator.knowledge.ingestion.SourceManifest.source;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.BackendRef.Kind;
import ai.okchat.api.v1alpha1.DocumentState;
import ai.okchat.api.v1alpha1.DocumentStatus;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.api.v1alpha1.KnowledgeSourceStatus;
import ai.okchat.api.v1alpha1.RecordedBackend;
import ai.okchat.operator.knowledge.ingestion.Progress;
import ai.okchat.operator.kubernetes.ServerSideApply;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.InMemoryApiServer;
import ai.okchat.operator.testing.MovingClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The status writes of a source: each change, but progress at most every three seconds. */
class KnowledgeStatusWriterTest {

  private static final RecordedBackend ORIGIN =
      new RecordedBackend(Kind.CHATBOT_BACKEND, "default", "backend-uid", "sha256:url");
  private static final Failure MISSING =
      Failure.referenceNotFound("The ConfigMap docs does not exist.");
  private static final Failure UNAVAILABLE =
      Failure.waiting(
          Reason.BackendUnavailable, "The backend does not respond.", Duration.ofMinutes(1));

  private final MovingClock clock = new MovingClock();
  private final RecordedChanges changes = new RecordedChanges();
  @AutoClose private final QueriedBot bot = new QueriedBot(clock);
  private final InMemoryApiServer kubernetes = bot.kubernetes();
  private final KnowledgeStatusWriter writer = newProcess();

  @BeforeEach
  void create() {
    kubernetes.create(source(""));
  }

  @Test
  void writesTheWholeStatusOfANewSource() {
    // Given
    var source = stored();

    // When
    writer.advanced(source, uploading(1, 2));

    // Then
    assertThat(stored().getStatus())
        .isEqualTo(KnowledgeStatusFactory.advanced(source, uploading(1, 2), clock.instant()));
  }

  @ParameterizedTest
  @CsvSource({"PT0S, 1/3", "PT2.999S, 1/3", "PT3S, 2/3", "PT1H, 2/3"})
  void writesProgressAtMostEveryThreeSeconds(Duration age, String progress) {
    // Given
    writer.advanced(stored(), uploading(1, 2));
    clock.pass(age);

    // When
    writer.advanced(stored(), uploading(2, 1));

    // Then
    assertThat(status().progress()).isEqualTo(progress);
  }

  @Test
  void measuresTheIntervalFromTheLastWriteOfProgress() {
    // Given
    writer.advanced(stored(), uploading(1, 3));
    clock.passSeconds(2);
    writer.advanced(stored(), uploading(2, 2));
    clock.passSeconds(1);

    // When
    writer.advanced(stored(), uploading(3, 1));

    // Then
    assertThat(status().progress()).isEqualTo("3/4");
  }

  @Test
  void reportsNothingWhenItSkipsProgress() {
    // Given
    writer.advanced(stored(), uploading(1, 2));
    var version = stored().getMetadata().getResourceVersion();

    // When
    writer.advanced(stored(), uploading(2, 1));

    // Then
    assertThat(changes.statuses()).containsExactly("written");
    assertThat(stored().getMetadata().getResourceVersion()).isEqualTo(version);
  }

  @Test
  void writesAChangedConditionAtOnce() {
    // Given
    writer.advanced(stored(), uploading(1, 2));

    // When
    writer.advanced(stored(), indexingLate(1, 2));

    // Then
    assertThat(conditions())
        .containsExactly(
            "Ready Unknown/IndexingDelayed",
            "Reconciling True/IndexingDelayed",
            "Synced False/IndexingDelayed");
  }

  @Test
  void writesTheEndOfAnIngestionAtOnce() {
    // Given: a source that is Ready keeps its conditions when it gets another document.
    writer.advanced(stored(), ingested(1));

    // When
    writer.advanced(stored(), ingested(2));

    // Then
    assertThat(status().progress()).isEqualTo("2/2");
  }

  @Test
  void writesTheFirstProgressOfAProcessAtOnce() {
    // Given
    writer.advanced(stored(), uploading(1, 2));

    // When
    newProcess().advanced(stored(), uploading(2, 1));

    // Then
    assertThat(status().progress()).isEqualTo("2/3");
  }

  @Test
  void startsNoIntervalWhenTheStatusIsUnchanged() {
    // Given
    writer.advanced(stored(), uploading(1, 2));
    var restarted = newProcess();
    restarted.advanced(stored(), uploading(1, 2));
    clock.passSeconds(1);

    // When
    restarted.advanced(stored(), uploading(2, 1));

    // Then
    assertThat(changes.statuses()).containsExactly("written", "unchanged", "written");
    assertThat(status().progress()).isEqualTo("2/3");
  }

  @Test
  void hasOneIntervalForEachSource() {
    // Given
    var manifest = source("");
    manifest.getMetadata().setName("more");
    kubernetes.create(manifest);
    newProcess().advanced(stored("more"), uploading(1, 2));
    writer.advanced(stored(), uploading(1, 2));

    // When
    writer.advanced(stored("more"), uploading(2, 1));

    // Then
    assertThat(stored("more").getStatus().progress()).isEqualTo("2/3");
  }

  @Test
  void startsNoIntervalForADeletedSource() {
    // Given
    writer.advanced(stored(), uploading(1, 2));
    writer.forget(stored());

    // When
    writer.advanced(stored(), uploading(2, 1));

    // Then
    assertThat(status().progress()).isEqualTo("2/3");
  }

  @Test
  void writesNothingWhenTheStatusIsAsBefore() {
    // Given
    writer.advanced(stored(), ingested(2));
    var version = stored().getMetadata().getResourceVersion();
    clock.pass(Duration.ofDays(1));

    // When
    writer.advanced(stored(), ingested(2));

    // Then
    assertThat(changes.statuses()).containsExactly("written", "unchanged");
    assertThat(stored().getMetadata().getResourceVersion()).isEqualTo(version);
  }

  @Test
  void returnsWhetherAFailureIsNew() {
    // When
    var isNew =
        List.of(
            writer.failed(stored(), MISSING),
            writer.failed(stored(), MISSING),
            writer.failed(stored(), UNAVAILABLE));

    // Then
    assertThat(isNew).containsExactly(true, false, true);
    assertThat(changes.statuses()).containsExactly("written", "unchanged", "written");
    assertThat(conditions())
        .containsExactly(
            "Ready Unknown/BackendUnavailable",
            "Reconciling True/BackendUnavailable",
            "Synced Unknown/ReferenceNotFound");
  }

  @Test
  @DisplayName("T55: a failure records the bot that may have received documents")
  void recordsTheBotOfAFailure() {
    // Given
    var source = stored();
    var link = Optional.of(bot.link());

    // When
    writer.failed(source, UNAVAILABLE, link);

    // Then
    assertThat(status())
        .isEqualTo(KnowledgeStatusFactory.failed(source, UNAVAILABLE, link, clock.instant()));
    assertThat(status().chatbotId()).isEqualTo(QueriedBot.ID);
    assertThat(status().backend()).isEqualTo(bot.link().connection().origin());
  }

  @Test
  void reportsNoChangeOfASourceThatIsGone() {
    // Given
    var source = stored();
    kubernetes.lose(source);

    // When
    var isNew = writer.failed(source, MISSING);

    // Then
    assertThat(isNew).isFalse();
    assertThat(changes.statuses()).isEmpty();
  }

  @Test
  void leavesASourceAloneThatWasCreatedAgain() {
    // Given
    var source = stored();
    kubernetes.lose(source);
    kubernetes.create(source(""));

    // When
    var isNew = writer.failed(source, MISSING);

    // Then
    assertThat(isNew).isFalse();
    assertThat(stored().getStatus()).isNull();
  }

  @Test
  void reportsAPauseOnce() {
    // Given
    writer.advanced(stored(), ingested(1));

    // When
    writer.paused(stored(), "The source is suspended.");
    writer.paused(stored(), "The source is suspended.");

    // Then
    assertThat(changes.statuses()).containsExactly("written", "written", "unchanged");
    assertThat(conditions())
        .containsExactly(
            "Paused True/Suspended", "Ready True/Ready", "Synced True/IngestionComplete");
  }

  private KnowledgeStatusWriter newProcess() {
    return new KnowledgeStatusWriter(
        new ServerSideApply(kubernetes.client(), changes, clock), clock);
  }

  private KnowledgeSource stored() {
    return stored("docs");
  }

  private KnowledgeSource stored(String name) {
    return kubernetes.find(KnowledgeSource.class, "team", name).orElseThrow();
  }

  private KnowledgeSourceStatus status() {
    return stored().getStatus();
  }

  private List<String> conditions() {
    return status().conditions().stream()
        .map(
            condition ->
                "%s %s/%s"
                    .formatted(condition.getType(), condition.getStatus(), condition.getReason()))
        .toList();
  }

  private IngestionResult.Advanced uploading(int accepted, int pending) {
    return advanced(accepted, pending, false, Duration.ofSeconds(1));
  }

  private IngestionResult.Advanced indexingLate(int accepted, int pending) {
    return advanced(accepted, pending, true, Duration.ofSeconds(1));
  }

  private IngestionResult.Advanced ingested(int accepted) {
    return advanced(accepted, 0, false, Duration.ZERO);
  }

  private IngestionResult.Advanced advanced(
      int accepted, int pending, boolean late, Duration requeueAfter) {
    var documents = new ArrayList<DocumentStatus>();
    for (var i = 0; i < accepted + pending; i++) {
      var state = i < pending ? DocumentState.PENDING : DocumentState.ACCEPTED;
      documents.add(new DocumentStatus("document-" + i, "sha256:0", null, state, null));
    }
    var progress =
        new Progress("bot-1", "sha256:1", documents, 0, true, late, pending > 0, requeueAfter);
    return new IngestionResult.Advanced(
        progress, new RetrievalResult.NoChecks(), clock.instant(), ORIGIN, null, false);
  }
}
