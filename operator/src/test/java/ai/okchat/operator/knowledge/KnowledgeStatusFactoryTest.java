package ai.okchat.operator.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.BackendRef.Kind;
import ai.okchat.api.v1alpha1.ChatbotRef;
import ai.okchat.api.v1alpha1.DeletionPolicy;
import ai.okchat.api.v1alpha1.DocumentCounts;
import ai.okchat.api.v1alpha1.DocumentState;
import ai.okchat.api.v1alpha1.DocumentStatus;
import ai.okchat.api.v1alpha1.GoDuration;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.api.v1alpha1.KnowledgeSourceSpec;
import ai.okchat.api.v1alpha1.RecordedBackend;
import ai.okchat.client.Sha256;
import ai.okchat.operator.knowledge.ingestion.LedgerCodec;
import ai.okchat.operator.knowledge.ingestion.Progress;
import ai.okchat.operator.status.Failure;
import ai.okchat.planning.document.Omissions;
import ai.okchat.planning.document.SkippedFile;
import ai.okchat.planning.document.UploadAttempt;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Content and length of a status. */
class KnowledgeStatusFactoryTest {

  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

  @Test
  @DisplayName("T29: the status of ten thousand failing documents stays below 100 KiB")
  void boundsStatusOfTenThousandDocuments() throws IOException {
    // Given
    var documents =
        IntStream.range(0, 10_000)
            .mapToObj(
                index ->
                    new DocumentStatus(
                        "파일/".repeat(100) + index,
                        "sha256:" + "0".repeat(64),
                        "5afe16ed-5fd2-4552-a993-903bc9c32bb6",
                        DocumentState.FAILED,
                        "Because. ".repeat(200)))
            .toList();

    // When
    var status = KnowledgeStatusFactory.advanced(source(null), outcome(documents), NOW);

    // Then
    assertThat(new ObjectMapper().writeValueAsBytes(status)).hasSizeLessThan(100 * 1024);
    assertThat(status.counts()).isEqualTo(new DocumentCounts(10_000, 0, 0, 10_000, 0, 0));
    assertThat(status.progress()).isEqualTo("0/10000");
  }

  @Test
  void namesSkippedFilesAfterTheDocuments() throws IOException {
    // Given
    var skipped = new SkippedFile("파일/".repeat(100), "Because. ".repeat(200));
    var omissions =
        new Omissions(
            List.of(), "", "", 3_000, Collections.nCopies(Omissions.MOST_SKIPPED, skipped), 7);
    var documents = Collections.nCopies(200, accepted("파일/".repeat(100)));

    // When
    var status = KnowledgeStatusFactory.advanced(source(null), outcome(documents, omissions), NOW);

    // Then
    assertThat(new ObjectMapper().writeValueAsBytes(status)).hasSizeLessThan(100 * 1024);
    assertThat(status.counts()).isEqualTo(new DocumentCounts(200, 200, 0, 0, 7, 3_000));
    assertThat(status.documents().getLast())
        .isEqualTo(
            new DocumentStatus(
                "파일/".repeat(100).substring(0, 300),
                null,
                null,
                DocumentState.SKIPPED,
                "Because. ".repeat(44) + "Bec…"));
    assertThat(status.documents().stream().map(DocumentStatus::state).distinct())
        .containsExactly(DocumentState.ACCEPTED, DocumentState.SKIPPED);
  }

  @Test
  void countsNoRejectedAndSkippedFilesWhenThereAreNone() throws IOException {
    // When
    var status =
        KnowledgeStatusFactory.advanced(source(null), outcome(List.of(accepted("a"))), NOW);

    // Then
    assertThat(new ObjectMapper().writeValueAsString(status.counts()))
        .isEqualTo("{\"desired\":1,\"accepted\":1,\"pending\":0,\"failed\":0}");
  }

  @Test
  @DisplayName("T29: the ledger of ten thousand documents fits into a ConfigMap")
  void boundsLedgerOfTenThousandDocuments() {
    // Given
    var attempts = new HashMap<String, UploadAttempt>();
    IntStream.range(0, 10_000)
        .forEach(
            index ->
                attempts.put(
                    Sha256.of("document " + index).substring(0, 16),
                    UploadAttempt.of(UploadAttempt.Outcome.ACKNOWLEDGED, NOW.plusSeconds(index))));

    // When
    var packed = LedgerCodec.pack(attempts);

    // Then
    assertThat(packed).hasSizeLessThan(512 * 1024);
    assertThat(LedgerCodec.unpack(packed, NOW.plusSeconds(10_000)))
        .containsExactlyInAnyOrderElementsOf(attempts.entrySet());
  }

  @Test
  @DisplayName("T29: no part of a ledger outgrows a ConfigMap, whatever the messages are")
  void keepsEachPartOfALedgerBelowTheLimit() {
    // Given
    var random = new Random(1);
    var attempts = new HashMap<String, UploadAttempt>();
    IntStream.range(0, 7_000)
        .forEach(
            i ->
                attempts.put(
                    Sha256.of("document " + i).substring(0, 16),
                    UploadAttempt.rejected(NOW.plusSeconds(i), noise(random))));

    // When
    var packed = LedgerCodec.pack(attempts);

    // Then
    assertThat(LedgerCodec.fits(attempts)).isFalse();
    assertThat(packed).hasSizeLessThan(700 * 1024);
    assertThat(LedgerCodec.unpack(packed, NOW.plusSeconds(10_000)).map(Map.Entry::getKey))
        .containsExactlyInAnyOrderElementsOf(attempts.keySet());
  }

  /** Texts of which no two are alike. */
  private static String noise(Random random) {
    return random
        .ints(300, 0xAC00, 0xD7A4)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Test
  void sameReconciliationTwiceGivesTheSameStatus() {
    // Given
    var source = source(null);
    var outcome = outcome(List.of(accepted("a")));
    source.setStatus(KnowledgeStatusFactory.advanced(source, outcome, NOW));

    // When
    var again = KnowledgeStatusFactory.advanced(source, outcome, NOW.plusSeconds(90));

    // Then
    assertThat(again).isEqualTo(source.getStatus());
  }

  @Test
  void isStaleWhenTheSourceWasNotReadInTime() {
    // Given
    var source = source("1h");
    source.setStatus(KnowledgeStatusFactory.advanced(source, outcome(List.of(accepted("a"))), NOW));
    var failure = Failure.referenceNotFound("The ConfigMap is not there.");

    // When
    var fresh =
        KnowledgeStatusFactory.failed(
            source, failure, Optional.empty(), NOW.plus(Duration.ofMinutes(59)));
    var stale =
        KnowledgeStatusFactory.failed(
            source, failure, Optional.empty(), NOW.plus(Duration.ofMinutes(60)));

    // Then
    assertThat(fresh.conditions()).noneMatch(KnowledgeStatusFactoryTest::isStale);
    assertThat(stale.conditions()).anyMatch(KnowledgeStatusFactoryTest::isStale);
    assertThat(stale.documents()).isEqualTo(source.getStatus().documents());
    assertThat(stale.chatbotId()).isEqualTo("bot");
  }

  @Test
  @DisplayName("crawl_delay_beyond_time: a part of a source is no refresh")
  void setsTheRefreshTimeWhenTheWholeSourceWasRead() {
    // Given
    var complete = outcome(List.of(accepted("a")));
    var omissions = new Omissions(List.of("b"), "The site asks for pauses.", "");
    var partial = outcome(List.of(), omissions);

    // When
    var times =
        Stream.of(partial, complete)
            .map(outcome -> KnowledgeStatusFactory.advanced(source(null), outcome, NOW))
            .map(status -> Optional.ofNullable(status.lastRefreshTime()))
            .toList();

    // Then
    assertThat(times).containsExactly(Optional.empty(), Optional.of(NOW.toString()));
  }

  private static boolean isStale(Condition condition) {
    return condition.getType().equals("Stale") && condition.getStatus().equals("True");
  }

  private static DocumentStatus accepted(String name) {
    return new DocumentStatus(name, "sha256:0", "id", DocumentState.ACCEPTED, null);
  }

  private static IngestionResult.Advanced outcome(List<DocumentStatus> documents) {
    return outcome(documents, Omissions.NONE);
  }

  private static IngestionResult.Advanced outcome(
      List<DocumentStatus> documents, Omissions omissions) {
    var progress =
        new Progress(
            "bot", "sha256:1", documents, 0, true, false, false, Duration.ZERO, omissions, 0);
    var origin = new RecordedBackend(Kind.CHATBOT_BACKEND, "default", "uid", "sha256:url");
    return new IngestionResult.Advanced(
        progress, new RetrievalResult.NoChecks(), NOW, origin, "org-1", false);
  }

  private static KnowledgeSource source(@Nullable String maxAge) {
    var source = new KnowledgeSource();
    source.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("team")
            .withName("docs")
            .withUid("uid")
            .withGeneration(1L)
            .build());
    source.setSpec(
        new KnowledgeSourceSpec(
            new ChatbotRef("support"),
            List.of(),
            List.of(),
            null,
            null,
            null,
            new GoDuration("1h"),
            maxAge == null ? null : new GoDuration(maxAge),
            true,
            50,
            DeletionPolicy.DELETE,
            List.of(),
            false));
    return source;
  }
}
