package ai.okchat.operator.knowledge;

import static ai.okchat.operator.knowledge.ingestion.SourceManifest.GENERATION;
import static ai.okchat.operator.knowledge.ingestion.SourceManifest.annotated;
import static ai.okchat.operator.knowledge.ingestion.SourceManifest.source;
import static ai.okchat.operator.knowledge.ingestion.SourceManifest.withStatus;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** T18, T26: an update by a user triggers a reconciliation, an update by the operator does not. */
class KnowledgeUpdateFilterTest {

  private static final String REPORTED =
      "conditions: [{type: Ready, status: 'True', reason: Ready, message: '',"
          + " lastTransitionTime: '2026-03-01T08:00:00Z'}]\n";

  private final KnowledgeUpdateFilter changes = new KnowledgeUpdateFilter();

  @Test
  void skipsObjectThatIsAsBefore() {
    // Given
    var before = reported(held(source("")));
    var now = reported(held(source("")));

    // When
    var accepted = changes.accept(now, before);

    // Then
    assertThat(accepted).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {GENERATION - 1, GENERATION + 1})
  void acceptsAnyOtherGeneration(long generation) {
    // Given
    var now = source("");
    now.getMetadata().setGeneration(generation);

    // When
    var accepted = changes.accept(now, source(""));

    // Then
    assertThat(accepted).isTrue();
  }

  @Test
  void acceptsDeletion() {
    // Given
    var now = held(source(""));
    now.getMetadata().setDeletionTimestamp("2026-03-01T08:00:00Z");

    // When
    var accepted = changes.accept(now, held(source("")));

    // Then
    assertThat(accepted).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "okchat.ai/paused",
        "okchat.ai/dry-run",
        "okchat.ai/refresh-requested-at",
        "okchat.ai/reconcile-requested-at",
        "okchat.ai/deletion-timeout"
      })
  void acceptsAnnotationThatIsAddedChangedOrRemoved(String annotation) {
    // Given
    var without = source("");
    var one = annotated(source(""), Map.of(annotation, "one"));
    var two = annotated(source(""), Map.of(annotation, "two"));
    var empty = annotated(source(""), Map.of(annotation, ""));

    // When
    var accepted =
        List.of(
            changes.accept(one, without),
            changes.accept(two, one),
            changes.accept(without, one),
            changes.accept(empty, without),
            changes.accept(annotated(source(""), Map.of(annotation, "one")), one));

    // Then
    assertThat(accepted).containsExactly(true, true, true, true, false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "okchat.ai/claim",
        "okchat.ai/approve-recreate",
        "okchat.ai/slug",
        "example.com/paused",
        "kubectl.kubernetes.io/last-applied-configuration"
      })
  void skipsAnyOtherAnnotation(String annotation) {
    // Given
    var now = annotated(source(""), Map.of(annotation, "one"));

    // When
    var accepted = List.of(changes.accept(now, source("")), changes.accept(source(""), now));

    // Then
    assertThat(accepted).containsExactly(false, false);
  }

  @Test
  @DisplayName("T18: the operator's own finalizer and status trigger no reconciliation")
  void skipsWritesOfTheOperator() {
    // Given
    var created = source("");
    var announced =
        annotated(held(source("")), Map.of("okchat.ai/claim", "uid-1@2026-03-01T08:00:00Z"));
    var written = reported(held(source("")));
    var progressed = withStatus(held(source("")), REPORTED + "progress: 3/4");

    // When
    var accepted =
        List.of(
            changes.accept(announced, created),
            changes.accept(written, announced),
            changes.accept(progressed, written));

    // Then
    assertThat(accepted).containsExactly(false, false, false);
  }

  @Test
  void acceptsStatusThatAnotherClientRemoved() {
    // Given
    var before = reported(source(""));
    var defaulted = withStatus(source(""), "observedGeneration: -1");

    // When
    var accepted =
        List.of(
            changes.accept(source(""), before),
            changes.accept(defaulted, before),
            changes.accept(defaulted, source("")));

    // Then
    assertThat(accepted).containsExactly(true, true, false);
  }

  @Test
  void acceptsFinalizerThatAnotherClientRemoved() {
    // Given
    var before = held(source(""));
    before.getMetadata().setFinalizers(List.of("okchat.ai/finalizer", "example.com/other"));
    var without = source("");
    without.getMetadata().setFinalizers(List.of("example.com/other"));
    var withoutOther = held(source(""));

    // When
    var accepted = List.of(changes.accept(without, before), changes.accept(withoutOther, before));

    // Then
    assertThat(accepted).containsExactly(true, false);
  }

  private static KnowledgeSource held(KnowledgeSource source) {
    source.getMetadata().setFinalizers(List.of("okchat.ai/finalizer"));
    return source;
  }

  private static KnowledgeSource reported(KnowledgeSource source) {
    return withStatus(source, REPORTED);
  }
}
