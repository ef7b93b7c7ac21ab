package ai.okchat.operator.knowledge.ingestion;

import static ai.okchat.operator.knowledge.ingestion.SourceManifest.annotated;
import static ai.okchat.operator.knowledge.ingestion.TestDocuments.document;
import static ai.okchat.operator.knowledge.ingestion.TestDocuments.documents;
import static ai.okchat.operator.knowledge.ingestion.TestDocuments.withoutBytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.okchat.api.v1alpha1.DocumentState;
import ai.okchat.api.v1alpha1.DocumentStatus;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.client.FailureKind;
import ai.okchat.client.OkChatException;
import ai.okchat.operator.knowledge.ingestion.Ingestion.Wanted;
import ai.okchat.operator.kubernetes.ServerSideApply;
import ai.okchat.operator.testing.MovingClock;
import ai.okchat.planning.document.Content;
import ai.okchat.planning.document.Document;
import ai.okchat.planning.document.RejectedFile;
import ai.okchat.planning.document.UploadAttempt;
import ai.okchat.planning.document.UploadAttempt.Outcome;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Uploads by the ledger alone: each content once, and nothing is removed. */
class UploadOnlyIngestionTest {

  private static final String UPLOAD = "upload-knowledge";
  private static final String ANNOUNCEMENT = "PATCH knowledgesources";
  private static final String LEDGER = "PATCH configmaps";
  private static final String LEDGER_READ = "GET configmaps";
  private static final Instant NOW = MovingClock.START;
  private static final Duration AT_ONCE = Duration.ofMillis(50);
  private static final Duration LIST_RETRY = Duration.ofMinutes(10);
  private static final String REJECTED = "The backend rejected the document with HTTP status 422.";

  private final MovingClock clock = new MovingClock();
  @AutoClose private final SandboxBot bot = new SandboxBot(clock);
  private UploadTracker tracker = new UploadTracker();
  private UploadOnlyIngestion ingestion = ingestion();

  @Test
  void uploadsEightDocumentsAndContinuesAtOnce() {
    // Given
    var desired = numbered(9);

    // When
    var progress = advance(desired);

    // Then
    assertThat(progress).isEqualTo(progress(desired, pending(desired), true));
    assertThat(bot.titles()).isEqualTo(titles(desired.subList(0, 8)));
    assertThat(bot.ledger()).isEqualTo(acknowledged(desired.subList(0, 8)));
  }

  @Test
  void uploadsTheRestInTheNextBatch() {
    // Given
    var desired = numbered(9);
    advance(desired);
    bot.takeWrites();

    // When
    var progress = advance(desired);

    // Then
    assertThat(progress).isEqualTo(progress(desired, pending(desired), false));
    assertThat(bot.takeWrites()).containsExactly(UPLOAD);
    assertThat(bot.titles()).isEqualTo(titles(desired));
    assertThat(bot.ledger()).isEqualTo(acknowledged(desired));
  }

  @Test
  void continuesAtOnceOnlyWhenMoreThanEightDocumentsAreUnsent() {
    // Given
    var desired = numbered(8);

    // When
    var progress = advance(desired);

    // Then
    assertThat(progress).isEqualTo(progress(desired, pending(desired), false));
  }

  @Test
  void sendsAndWritesNothingWhenEachDocumentWasSent() {
    // Given
    var desired = documents("hours=9", "prices=10");
    advance(desired);
    bot.takeWrites();
    bot.takeApiRequests();

    // When
    clock.pass(Duration.ofDays(30));
    var progress = advance(desired);

    // Then
    assertThat(progress).isEqualTo(progress(desired, pending(desired), false));
    assertThat(bot.takeWrites()).isEmpty();
    assertThat(bot.takeApiRequests()).isEmpty();
  }

  @Test
  void reportsNothingForAnEmptySource() {
    // When
    var progress = advance(List.of());

    // Then
    assertThat(progress).isEqualTo(progress(List.of(), List.of(), false));
    assertThat(bot.takeApiRequests()).containsExactly(LEDGER_READ);
  }

  @Test
  void announcesTheSourceBeforeItsFirstUploadOnly() {
    // When
    advance(documents("hours=9"));
    var first = bot.takeApiRequests();
    advance(documents("hours=9", "prices=10"));
    var second = bot.takeApiRequests();

    // Then
    assertThat(List.of(first, second))
        .containsExactly(
            List.of(LEDGER_READ, ANNOUNCEMENT, LEDGER, LEDGER), List.of(LEDGER, LEDGER));
    assertThat(KnowledgeMetadata.hasFinalizer(bot.source())).isTrue();
  }

  @Test
  void recordsTheBatchAsUncertainBeforeItSendsDocuments() {
    // Given
    var seen = new ConcurrentLinkedQueue<Map<String, UploadAttempt>>();
    var earlier = document("earlier=1");
    advance(List.of(earlier));
    var sent = List.of(observed("hours", seen), observed("prices", seen));

    // When
    advance(Stream.concat(Stream.of(earlier), sent.stream()).toList());

    // Then
    var recorded = new HashMap<>(acknowledged(List.of(earlier)));
    sent.forEach(
        document -> recorded.put(document.title().key(), UploadAttempt.of(Outcome.UNCERTAIN, NOW)));
    assertThat(seen).hasSize(2).containsOnly(recorded);
  }

  @Test
  void sendsNothingWhenTheLedgerCannotBeWritten() {
    // Given
    bot.rejectApiRequests(LEDGER);

    // When, Then
    assertThatThrownBy(() -> advance(documents("hours=9")))
        .isInstanceOf(KubernetesClientException.class);
    assertThat(bot.takeWrites()).isEmpty();
  }

  @Test
  void sendsNothingWhenTheSourceCannotBeAnnounced() {
    // Given
    bot.rejectApiRequests(ANNOUNCEMENT);

    // When, Then
    assertThatThrownBy(() -> advance(documents("hours=9")))
        .isInstanceOf(KubernetesClientException.class);
    assertThat(bot.takeWrites()).isEmpty();
    assertThat(bot.ledger()).isEmpty();
  }

  @Test
  void sendsNothingAgainAfterARestart() {
    // Given
    var desired = documents("hours=9", "prices=10");
    advance(desired);
    bot.takeWrites();

    // When
    restart();
    var progress = advance(desired);

    // Then
    assertThat(progress).isEqualTo(progress(desired, pending(desired), false));
    assertThat(bot.takeWrites()).isEmpty();
  }

  @Test
  void countsUncertainDocumentAsSent() {
    // Given
    var desired = documents("hours=9");
    bot.fault(UPLOAD, "cut-after", Map.of());
    var failure = catchThrowableOfType(OkChatException.class, () -> advance(desired));
    bot.backend().clearFaults();
    bot.takeWrites();

    // When
    restart();
    clock.pass(Duration.ofDays(2));
    var progress = advance(desired);

    // Then
    assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(progress).isEqualTo(progress(desired, pending(desired), false));
    assertThat(bot.takeWrites()).isEmpty();
    assertThat(bot.ledger())
        .isEqualTo(
            Map.of(
                desired.getFirst().title().key(),
                new UploadAttempt(
                    Outcome.UNCERTAIN,
                    NOW,
                    "The backend did not confirm the document. The operator tries again later.",
                    1)));
  }

  @Test
  void uploadsDocumentAgainThatTheBackendCertainlyDidNotAccept() {
    // Given
    var desired = documents("hours=9");
    bot.fault(UPLOAD, "status", Map.of("status", 402));
    var failure = catchThrowableOfType(OkChatException.class, () -> advance(desired));
    var afterwards = bot.ledger();
    bot.backend().clearFaults();

    // When
    advance(desired);

    // Then
    assertThat(failure.kind()).isEqualTo(FailureKind.QUOTA_EXCEEDED);
    assertThat(afterwards).isEmpty();
    assertThat(bot.titles()).isEqualTo(titles(desired));
  }

  @Test
  void uploadsRejectedDocumentAgainAfterADay() {
    // Given
    var desired = documents("hours=9");
    bot.fault(UPLOAD, "status", Map.of("status", 422, "times", 1));

    // When
    var rejected = advance(desired);
    clock.pass(Duration.ofDays(1).minusNanos(1));
    var early = advance(desired);
    clock.pass(Duration.ofNanos(1));
    var again = advance(desired);

    // Then
    var failed = progress(desired, List.of(failed(desired.getFirst())), false);
    assertThat(List.of(rejected, early, again))
        .containsExactly(failed, failed, progress(desired, pending(desired), false));
    assertThat(bot.takeWrites()).containsExactly(UPLOAD, UPLOAD);
  }

  @Test
  void uploadsRejectedDocumentAgainWhenAUserRequestsARefresh() {
    // Given
    var desired = documents("hours=9");
    bot.fault(UPLOAD, "status", Map.of("status", 422, "times", 1));
    advance(desired);
    var requested = annotated(bot.source(), Map.of(KnowledgeMetadata.REFRESH_REQUESTED_AT, "now"));

    // When
    var progress = advance(requested, bot.link(), wanted(desired));

    // Then
    assertThat(progress).contains(progress(desired, pending(desired), false));
    assertThat(bot.takeWrites()).containsExactly(UPLOAD, UPLOAD);
  }

  @Test
  void uploadsTheOthersWhenADocumentIsRejected() {
    // Given
    bot.fault(UPLOAD, "status", Map.of("status", 422, "times", 1));
    var rejected = documents("b=2");
    advance(rejected);
    var desired = documents("a=1", "b=2", "c=3");

    // When
    var progress = advance(desired);

    // Then
    assertThat(progress)
        .isEqualTo(
            progress(
                desired,
                List.of(failed(desired.get(1)), row(desired.getFirst()), row(desired.getLast())),
                false));
    assertThat(bot.titles()).isEqualTo(titles(documents("a=1", "c=3")));
  }

  @Test
  void reportsFilesThatCannotBeSentFirst() {
    // Given
    var desired = documents("a=1");
    var unusable = new RejectedFile("z.zip", "The type is not supported.");

    // When
    var progress = advance(bot.source(), bot.link(), new Wanted(desired, List.of(unusable)));

    // Then
    var row =
        new DocumentStatus("z.zip", null, null, DocumentState.FAILED, "The type is not supported.");
    assertThat(progress).contains(progress(desired, List.of(row, row(desired.getFirst())), false));
  }

  @Test
  void needsTheBytesOfDocumentsThatItHasToSend() {
    // Given
    advance(documents("hours=9"));
    bot.takeWrites();
    bot.takeApiRequests();
    var desired = documents("hours=9", "prices=10");

    // When
    var progress = advance(bot.source(), bot.link(), new Wanted(withoutBytes(desired), List.of()));

    // Then
    assertThat(progress).isEmpty();
    assertThat(bot.takeWrites()).isEmpty();
    assertThat(bot.takeApiRequests()).isEmpty();
  }

  @Test
  void needsNoBytesWhenEachDocumentWasSent() {
    // Given
    var desired = documents("hours=9");
    advance(desired);

    // When
    var progress = advance(bot.source(), bot.link(), new Wanted(withoutBytes(desired), List.of()));

    // Then
    assertThat(progress).contains(progress(desired, pending(desired), false));
  }

  @Test
  void uploadsChangedDocumentAndRemovesNothing() {
    // Given
    var before = documents("hours=9", "prices=10");
    var after = documents("hours=8");
    advance(before);
    bot.takeWrites();

    // When
    advance(after);

    // Then
    assertThat(bot.takeWrites()).containsExactly(UPLOAD);
    assertThat(bot.titles())
        .isEqualTo(titles(Stream.concat(before.stream(), after.stream()).toList()));
  }

  @Test
  void uploadsEachDocumentToAnotherBot() {
    // Given
    var desired = documents("hours=9");
    advance(desired);
    var other = bot.backend().createInDashboard(Map.of("name", "Sales", "slug", "sales"));
    var link = bot.linkTo(other.path("id").asText());

    // When
    advance(bot.source(), link, wanted(desired));

    // Then
    assertThat(bot.backend().documents(link.botId())).hasSize(1);
    assertThat(bot.ledger()).isEmpty();
  }

  private Progress advance(List<Document> desired) {
    return advance(bot.source(), bot.link(), wanted(desired)).orElseThrow();
  }

  private Optional<Progress> advance(KnowledgeSource source, LinkedBot link, Wanted wanted) {
    return ingestion.advance(source, link, wanted);
  }

  private static Wanted wanted(List<Document> desired) {
    return new Wanted(desired, List.of());
  }

  private void restart() {
    tracker = new UploadTracker();
    ingestion = ingestion();
  }

  private UploadOnlyIngestion ingestion() {
    var kubernetes = bot.kubernetes().client();
    var writes = new ServerSideApply(kubernetes);
    return new UploadOnlyIngestion(
        new KnowledgeMetadata(writes),
        tracker,
        new Ledger(kubernetes, writes, 1_000, clock),
        new BatchExecutor(clock, Duration.ofSeconds(30)),
        clock);
  }

  /** A document whose bytes record the ledger when they are read. */
  private Document observed(String name, Queue<Map<String, UploadAttempt>> seen) {
    var like = document(name + "=9");
    var bytes = "9".getBytes(StandardCharsets.UTF_8);
    var content =
        new Content(
            bytes.length,
            like.content().digest(),
            () -> {
              seen.add(bot.ledger());
              return new ByteArrayInputStream(bytes);
            });
    return new Document(like.name(), like.title(), like.mediaType(), content);
  }

  private Progress progress(List<Document> desired, List<DocumentStatus> rows, boolean more) {
    return new Progress(
        bot.link().botId(),
        Progress.contentDigest(desired),
        rows,
        0,
        false,
        false,
        more,
        more ? AT_ONCE : LIST_RETRY);
  }

  private static List<Document> numbered(int number) {
    return documents(
        IntStream.range(0, number).mapToObj("d%1$d=%1$d"::formatted).toArray(String[]::new));
  }

  private static List<String> titles(List<Document> documents) {
    return documents.stream().map(document -> document.title().text()).sorted().toList();
  }

  private static Map<String, UploadAttempt> acknowledged(List<Document> documents) {
    return documents.stream()
        .collect(
            Collectors.toMap(
                document -> document.title().key(),
                _ -> UploadAttempt.of(Outcome.ACKNOWLEDGED, NOW)));
  }

  private static List<DocumentStatus> pending(List<Document> documents) {
    return documents.stream().map(UploadOnlyIngestionTest::row).toList();
  }

  private static DocumentStatus row(Document document) {
    return row(document, DocumentState.PENDING, null);
  }

  private static DocumentStatus failed(Document document) {
    return row(document, DocumentState.FAILED, REJECTED);
  }

  private static DocumentStatus row(
      Document document, DocumentState state, @Nullable String message) {
    return new DocumentStatus(document.name(), document.digest(), null, state, message);
  }
}
