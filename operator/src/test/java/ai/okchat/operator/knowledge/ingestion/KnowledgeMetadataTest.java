package ai.okchat.operator.knowledge.ingestion;

import static ai.okchat.operator.knowledge.ingestion.SourceManifest.UID;
import static ai.okchat.operator.knowledge.ingestion.SourceManifest.annotated;
import static ai.okchat.operator.knowledge.ingestion.SourceManifest.source;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.kubernetes.ServerSideApply;
import ai.okchat.operator.kubernetes.WriteListener;
import ai.okchat.operator.testing.InMemoryApiServer;
import ai.okchat.operator.testing.MovingClock;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The finalizer and the claim of a source, as the API server stores them. */
class KnowledgeMetadataTest {

  private static final String CLAIM = "okchat.ai/claim";
  private static final String FINALIZER = "okchat.ai/finalizer";
  private static final Instant EARLIER = Instant.parse("2026-02-28T20:15:00Z");
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00.987Z");

  private final MovingClock clock = new MovingClock();
  @AutoClose private final InMemoryApiServer kubernetes = new InMemoryApiServer(clock);
  private final List<String> requests = new ArrayList<>();
  private final KnowledgeMetadata metadata =
      new KnowledgeMetadata(
          new ServerSideApply(kubernetes.client(), WriteListener.NONE, new MovingClock()));

  /** The fields that the operator and other clients write. */
  private record Written(List<String> finalizers, Map<String, String> annotations) {

    static Written of(KnowledgeSource stored) {
      return new Written(stored.getFinalizers(), stored.getMetadata().getAnnotations());
    }
  }

  @Test
  void addsFinalizerAndClaimInOneWrite() {
    // Given
    var source = create(Map.of());
    kubernetes.onRequest(requests::add);

    // When
    metadata.announce(source, NOW);

    // Then
    assertThat(stored())
        .isEqualTo(
            new Written(List.of(FINALIZER), Map.of(CLAIM, uid(source) + "@2026-03-01T08:00:00Z")));
    assertThat(requests)
        .containsExactly("PATCH /apis/okchat.ai/v1alpha1/namespaces/team/knowledgesources/docs");
  }

  @Test
  void announcesALaterBatchWithItsOwnTime() {
    // Given
    metadata.announce(create(Map.of()), EARLIER);
    var source = kubernetes.list(KnowledgeSource.class).getFirst();

    // When
    metadata.announce(source, NOW);

    // Then
    assertThat(stored().annotations())
        .isEqualTo(Map.of(CLAIM, uid(source) + "@2026-03-01T08:00:00Z"));
  }

  @Test
  @DisplayName("T6: a restored source keeps the claim of the object that sent its documents")
  void keepsTheClaimantWhenARestoredSourceSendsABatch() {
    // Given
    var source = create(Map.of(CLAIM, "original@" + EARLIER));

    // When
    metadata.announce(source, NOW);

    // Then
    assertThat(stored().annotations()).isEqualTo(Map.of(CLAIM, "original@2026-03-01T08:00:00Z"));
  }

  @Test
  void keepsFinalizersAndAnnotationsOfOtherClients() {
    // Given
    var source = create(Map.of("example.com/team", "docs"), "example.com/other");

    // When
    metadata.announce(source, NOW);

    // Then
    assertThat(stored())
        .isEqualTo(
            new Written(
                List.of("example.com/other", FINALIZER),
                Map.of("example.com/team", "docs", CLAIM, uid(source) + "@2026-03-01T08:00:00Z")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"original@2026-02-28T20:15:00Z", "original@-"})
  void addsTheFinalizerAgainWithTheClaimUnchanged(String claim) {
    // Given
    var source = create(Map.of(CLAIM, claim));

    // When
    metadata.addFinalizer(source);

    // Then
    assertThat(stored()).isEqualTo(new Written(List.of(FINALIZER), Map.of(CLAIM, claim)));
  }

  @Test
  void claimsForTheObjectItselfWhenAnotherClientRemovedFinalizerAndClaim() {
    // Given
    var source = create(Map.of());

    // When
    metadata.addFinalizer(source);

    // Then
    assertThat(stored())
        .isEqualTo(new Written(List.of(FINALIZER), Map.of(CLAIM, uid(source) + "@-")));
  }

  @ParameterizedTest
  @CsvSource({"original@2026-02-28T20:15:00Z, 2026-02-28T20:15:00Z", "original@-, -"})
  void adoptsDocumentsWithTheTimeOfTheLastBatch(String claim, String at) {
    // Given
    var source = create(Map.of(CLAIM, claim));

    // When
    metadata.claim(source);

    // Then
    assertThat(stored())
        .isEqualTo(new Written(List.of(FINALIZER), Map.of(CLAIM, uid(source) + "@" + at)));
  }

  @ParameterizedTest
  @CsvSource({
    "'', false",
    "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d, false",
    "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d@2026-02-28T20:15:00Z, false",
    "-@2026-02-28T20:15:00Z, false",
    "0a1b2c3d@2026-02-28T20:15:00Z, true",
    "0A1B2C3D-4E5F-4A6B-8C7D-9E0F1A2B3C4D@-, true"
  })
  void isRestoredWhenTheClaimNamesAnotherObject(String claim, boolean isRestored) {
    // Given
    var source = annotated(source(""), Map.of(CLAIM, claim));

    // When
    var restored = KnowledgeMetadata.isRestored(source);

    // Then
    assertThat(restored).isEqualTo(isRestored);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T07:00:00Z, 2026-03-01T07:01:00Z",
    "2026-03-01T08:00:00Z, 2026-03-01T08:01:00Z",
    "2026-03-01T08:00:01Z, 2026-03-01T08:01:00Z",
    "2999-01-01T00:00:00Z, 2026-03-01T08:01:00Z"
  })
  @DisplayName("T54: a batch of an earlier process counts for a minute, whatever its clock was")
  void awaitsABatchForAMinuteButFromNowAtTheLatest(Instant startedAt, Instant until) {
    // Given
    var source = annotated(source(""), Map.of(CLAIM, UID + "@" + startedAt));

    // When
    var quietUntil = KnowledgeMetadata.quietUntil(source, MovingClock.START);

    // Then
    assertThat(quietUntil).isEqualTo(Optional.of(until));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", UID + "@-", UID + "@yesterday"})
  void awaitsNoBatchWithoutATime(String claim) {
    // Given
    var source = annotated(source(""), Map.of(CLAIM, claim));

    // When
    var times =
        List.of(
            KnowledgeMetadata.uploadStartedAt(source),
            KnowledgeMetadata.quietUntil(source, MovingClock.START));

    // Then
    assertThat(times).containsExactly(Optional.empty(), Optional.empty());
  }

  @Test
  void removesItsOwnFinalizerOnly() {
    // Given
    create(Map.of(CLAIM, "original@-"), FINALIZER, "example.com/other");

    // When
    metadata.removeFinalizer(kubernetes.list(KnowledgeSource.class).getFirst());

    // Then
    assertThat(stored())
        .isEqualTo(new Written(List.of("example.com/other"), Map.of(CLAIM, "original@-")));
  }

  @Test
  void endsTheDeletionWithTheLastFinalizer() {
    // Given
    kubernetes.delete(create(Map.of(), FINALIZER));

    // When
    metadata.removeFinalizer(kubernetes.list(KnowledgeSource.class).getFirst());

    // Then
    assertThat(kubernetes.list(KnowledgeSource.class)).isEmpty();
  }

  @Test
  void appliesTheIdentityOnly() {
    // Given
    var source = annotated(source(""), Map.of("example.com/team", "docs"));
    source.getMetadata().setLabels(Map.of("team", "docs"));
    source.getMetadata().setFinalizers(List.of("example.com/other"));

    // When
    var patch = KnowledgeMetadata.fresh(source);

    // Then
    var identity =
        new ObjectMetaBuilder().withNamespace("team").withName("docs").withUid(UID).build();
    assertThat(patch.getMetadata()).isEqualTo(identity);
    assertThat(patch.getSpec()).isNull();
    assertThat(patch.getStatus()).isNull();
  }

  private KnowledgeSource create(Map<String, String> annotations, String... finalizers) {
    var manifest = annotated(source(""), annotations);
    manifest.getMetadata().setFinalizers(List.of(finalizers));
    return kubernetes.create(manifest);
  }

  private Written stored() {
    return Written.of(kubernetes.list(KnowledgeSource.class).getFirst());
  }

  private static String uid(KnowledgeSource source) {
    return source.getMetadata().getUid();
  }
}
