package ai.okchat.operator.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.knowledge.ingestion.UploadTracker;
import ai.okchat.planning.document.UploadAttempt;
import ai.okchat.planning.document.UploadAttempt.Outcome;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The finalizer of a source: added again while documents are in a bot, removed with the ledger. */
class KnowledgeObjectTest {

  private static final String FINALIZER = "okchat.ai/finalizer";

  @AutoClose private final SourceScene scene = new SourceScene();
  private final List<String> requests = new ArrayList<>();
  private final KnowledgeObject object = scene.object();

  @Test
  @DisplayName("T59: the finalizer returns while documents are in a bot")
  void addsFinalizerAgainThatAnotherClientRemoved() {
    // Given
    scene.create("");
    scene.annotate("okchat.ai/claim", "original@2026-02-28T20:15:00Z");
    var source = scene.report("chatbotId: bot-1");

    // When
    object.restoreFinalizer(source);

    // Then
    assertThat(scene.stored().getFinalizers()).containsExactly(FINALIZER);
    assertThat(scene.stored().getMetadata().getAnnotations())
        .isEqualTo(Map.of("okchat.ai/claim", "original@2026-02-28T20:15:00Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"progress: 0/0", "contentDigest: sha256:1"})
  void addsNoFinalizerToASourceWithoutDocumentsInABot(String status) {
    // Given
    scene.create("");
    var source = scene.report(status);
    scene.kubernetes.onRequest(requests::add);

    // When
    object.restoreFinalizer(source);

    // Then
    assertThat(requests).isEmpty();
  }

  @Test
  void addsNoFinalizerToANewSource() {
    // Given
    var source = scene.create("");
    scene.kubernetes.onRequest(requests::add);

    // When
    object.restoreFinalizer(source);

    // Then
    assertThat(requests).isEmpty();
  }

  @Test
  void writesNothingWhileTheFinalizerIsPresent() {
    // Given
    scene.create("", FINALIZER);
    var source = scene.report("chatbotId: bot-1");
    scene.kubernetes.onRequest(requests::add);

    // When
    object.restoreFinalizer(source);

    // Then
    assertThat(requests).isEmpty();
  }

  @Test
  void removesTheLedgerBeforeTheFinalizer() {
    // Given
    var source = scene.deleted("");
    saveLedger(source);
    scene.kubernetes.onRequest(requests::add);

    // When
    object.release(source);

    // Then
    assertThat(scene.isGone()).isTrue();
    assertThat(scene.kubernetes.list(ConfigMap.class)).isEmpty();
    assertThat(requests.getFirst())
        .isEqualTo(
            "DELETE /api/v1/namespaces/team/configmaps/okchat-ledger-"
                + source.getMetadata().getUid());
  }

  @Test
  void removesTheFinalizerOfASourceWithoutLedger() {
    // Given
    var source = scene.deleted("");

    // When
    object.release(source);

    // Then
    assertThat(scene.isGone()).isTrue();
  }

  @Test
  void keepsTheFinalizerWhenTheLedgerCannotBeRemoved() {
    // Given
    var source = scene.deleted("");
    scene.kubernetes.onRequest(
        request -> {
          if (request.startsWith("DELETE")) {
            throw new IllegalStateException("etcd has no leader");
          }
        });

    // When
    var failure =
        assertThatExceptionOfType(KubernetesClientException.class)
            .isThrownBy(() -> object.release(source));

    // Then
    failure.matches(e -> e.getCode() == 500);
    assertThat(scene.stored().getFinalizers()).containsExactly(FINALIZER);
  }

  private void saveLedger(KnowledgeSource source) {
    var accepted = UploadAttempt.of(Outcome.ACKNOWLEDGED, scene.clock.instant());
    scene.ledger.save(
        source,
        UploadTracker.Memory.of(scene.botId, Map.of(), Optional.empty()),
        Map.of("0123456789abcdef", accepted));
  }
}
