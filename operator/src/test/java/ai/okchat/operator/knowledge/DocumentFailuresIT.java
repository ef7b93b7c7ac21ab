package ai.okchat.operator.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.DocumentCounts;
import ai.okchat.api.v1alpha1.DocumentState;
import ai.okchat.api.v1alpha1.DocumentStatus;
import ai.okchat.client.Sha256;
import ai.okchat.operator.knowledge.ingestion.KnowledgeMetadata;
import ai.okchat.operator.knowledge.ingestion.Ledger;
import ai.okchat.operator.knowledge.ingestion.LedgerCodec;
import ai.okchat.operator.knowledge.ingestion.UploadTracker;
import ai.okchat.operator.kubernetes.ServerSideApply;
import ai.okchat.operator.lifecycle.ClaimAnnotation;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.status.Requeue;
import ai.okchat.operator.testing.Backend;
import ai.okchat.operator.testing.OperatorFixture;
import ai.okchat.planning.document.UploadAttempt;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that the backend never accepts or never removes, over hours of a moved clock. */
final class DocumentFailuresIT {

  private static final String MARKER = "PLANTED-SENTENCE-OF-THE-DOCUMENT";

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  private final KnowledgeFixture knowledge = new KnowledgeFixture(world);
  private DrivenSource driven;

  @BeforeEach
  void makeABotAndStopTheOperator() {
    var bot = knowledge.readyBot("support");
    world.stopOperator();
    world.backend().clearJournal();
    driven = new DrivenSource(world, knowledge, bot);
  }

  @AfterEach
  void stop() {
    driven.close();
  }

  @Test
  @DisplayName("T71: documents that a proxy rejects are uploaded once, and each is named")
  void namesEachDocumentThatAProxyRejects() {
    // Given
    faultUploads(Backend.REJECTED_BY_PROXY);
    applyPages(9);

    // When
    driven.passes(3);

    // Then
    assertThat(uploads()).isEqualTo(9);
    assertThat(ready()).isEqualTo(Reason.DocumentsFailed);
    assertThat(documents())
        .hasSize(9)
        .allMatch(document -> document.state() == DocumentState.FAILED)
        .extracting(DocumentStatus::message)
        .containsOnly("The backend rejected the document with HTTP status 413.");
  }

  @Test
  @DisplayName("T72: a document that always ends ambiguous is failed by name and backs off alone")
  void failsADocumentByNameAfterFiveAttempts() {
    // Given
    applyPages(5);
    driven.passes(2);
    faultUploads(Map.of("status", 500, "times", 6));
    applyPages(6);
    world.backend().clearJournal();

    // When
    var attempts = new ArrayList<Long>();
    var failed = new ArrayList<Integer>();
    for (var minute = 0; minute < 12; minute++) {
      driven.pass();
      attempts.add(uploads());
      failed.add(counts().failed());
      driven.clock().passSeconds(61);
    }

    // Then
    assertThat(attempts).containsExactly(1L, 2L, 3L, 4L, 5L, 5L, 6L, 6L, 6L, 6L, 7L, 7L);
    assertThat(failed).containsExactly(0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0);
    assertThat(ready()).isEqualTo(Reason.Ready);
    assertThat(counts()).isEqualTo(new DocumentCounts(6, 6, 0, 0, 0, 0));
  }

  @Test
  @DisplayName(
      "T72: a failed document survives a restart by its name, and the others stay accepted")
  void remembersAFailedDocumentAfterARestart() {
    // Given
    applyPages(5);
    driven.passes(2);
    faultUploads(Map.of("status", 500));
    applyPages(6);
    for (var attempt = 0; attempt < 5; attempt++) {
      driven.pass();
      driven.clock().passSeconds(61);
    }
    world.backend().clearJournal();

    // When
    driven.restart();
    driven.passes(2);

    // Then
    assertThat(uploads()).isZero();
    assertThat(counts()).isEqualTo(new DocumentCounts(6, 5, 0, 1, 0, 0));
    assertThat(documents().getFirst())
        .isEqualTo(
            new DocumentStatus(
                "page-5.md",
                documents().getFirst().digest(),
                null,
                DocumentState.FAILED,
                "The backend did not confirm the document: it responded with HTTP status 500. The"
                    + " operator tries again later."));
  }

  @Test
  @DisplayName("T72: one document without a response does not fail the others")
  void continuesWithTheOtherDocuments() {
    // Given
    faultUploads(Map.of("status", 500, "times", 1));
    applyPages(20);

    // When
    var outcome = driven.pass();

    // Then
    assertThat(outcome).isInstanceOf(IngestionResult.Advanced.class);
    assertThat(counts()).isEqualTo(new DocumentCounts(20, 19, 1, 0, 0, 0));
    assertThat(ready()).isEqualTo(Reason.Ingesting);
  }

  @Test
  @DisplayName("T72: a backend that confirms no upload fails the reconciliation after eight")
  void failsTheReconciliationWhenNoUploadIsConfirmed() {
    // Given
    faultUploads(Map.of("status", 500));
    applyPages(40);

    // When
    driven.pass();

    // Then
    assertThat(uploads()).isBetween(8L, 15L);
    assertThat(ready()).isEqualTo(Reason.BackendUnavailable);
  }

  @Test
  @DisplayName("T73: a JSON 404 for an upload ends the batch, with backoff and without a write")
  void backsOffWhenTheBackendDoesNotKnowTheBot() {
    // Given
    faultUploads(Map.of("status", 404, "body", "{\"error\": \"no\"}"));
    applyPages(3);
    driven.pass();
    world.backend().clearJournal();
    var version = version();

    // When
    var nexts = new ArrayList<Requeue>();
    for (var attempt = 0; attempt < 4; attempt++) {
      driven.clock().pass(Duration.ofMinutes(2));
      nexts.add(((IngestionResult.Blocked) driven.pass()).failure().next());
    }
    var waiting = version();
    var message = KnowledgeFixture.condition(knowledge.source("docs"), ConditionType.Ready);
    var attempts = uploads();
    world.backend().clearFaults();
    driven.passes(2);

    // Then
    assertThat(nexts).containsOnly(Requeue.BACKOFF);
    assertThat(attempts).isEqualTo(4);
    assertThat(waiting).isEqualTo(version);
    assertThat(message.getMessage()).contains("404: it does not know the bot");
    assertThat(ready()).isEqualTo(Reason.Ready);
    assertThat(counts()).isEqualTo(new DocumentCounts(3, 3, 0, 0, 0, 0));
  }

  @Test
  @DisplayName("T74: a removal that the list does not show is sent again after a minute only")
  void waitsForTheListAfterAnAcceptedRemoval() {
    // Given
    applyPages(3);
    driven.passes(2);
    acceptRemovalsWithoutRemoving();
    applyPages(2);

    // When
    var removals = new ArrayList<Long>();
    var polls = new ArrayList<Duration>();
    for (var seconds : List.of(0, 10, 49, 2, 60)) {
      driven.clock().passSeconds(seconds);
      var progress = ((IngestionResult.Advanced) driven.pass()).progress();
      removals.add(world.backend().count("delete-knowledge"));
      polls.add(progress.requeueAfter());
    }
    var waiting = ready();
    world.backend().clearFaults();
    driven.clock().passSeconds(61);
    driven.passes(2);

    // Then
    assertThat(removals).containsExactly(1L, 1L, 1L, 2L, 2L);
    assertThat(polls)
        .containsExactly(
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(30));
    assertThat(waiting).isEqualTo(Reason.Ingesting);
    assertThat(ready()).isEqualTo(Reason.Ready);
    assertThat(world.backend().count("delete-knowledge")).isEqualTo(3);
  }

  @Test
  @DisplayName("T74: a deletion removes each document once a minute, and one Event counts them")
  void recordsOneEventWhenTheDocumentsAreRemoved() {
    // Given
    applyPages(3);
    driven.passes(2);
    acceptRemovalsWithoutRemoving();
    knowledge.sources("docs").delete();
    for (var i = 0; i < 5; i++) {
      driven.deletionPass();
    }
    var early = world.backend().count("delete-knowledge");

    // When
    world.backend().clearFaults();
    driven.clock().passSeconds(61);
    driven.deletionPass();
    driven.deletionPass();

    // Then
    knowledge.awaitGone("docs");
    assertThat(early).isEqualTo(3);
    assertThat(world.backend().count("delete-knowledge")).isEqualTo(6);
    Awaitility.await().until(() -> !deletedEvents().isEmpty());
    assertThat(deletedEvents()).containsExactly("Removed 3 documents of this source from the bot.");
  }

  @Test
  @DisplayName("T86: the text of a rejected document is in no status, Event or ledger")
  void quotesNoTextOfARejectedDocument() {
    // Given
    faultUploads(
        Map.of("status", 422, "body", "{\"error\": \"row 900: cannot parse '" + MARKER + "'\"}"));
    knowledge.applyConfigMap("pages", Map.of("big.md", "a line\n".repeat(15_000) + MARKER));
    knowledge.apply("docs", "configMap: {name: pages}");

    // When
    driven.passes(2);

    // Then
    var stored =
        ledgers().stream()
            .flatMap(ledger -> ledger.getBinaryData().values().stream())
            .flatMap(
                packed -> LedgerCodec.unpack(Base64.getDecoder().decode(packed), Instant.now()))
            .toList();
    assertThat(documents())
        .extracting(DocumentStatus::message)
        .containsExactly("The backend rejected the document with HTTP status 422.");
    assertThat(stored.toString()).contains("422").doesNotContain(MARKER);
    assertThat(knowledge.source("docs").toString()).doesNotContain(MARKER);
    assertThat(events().toString()).doesNotContain(MARKER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9999-12-31T23:59:59Z",
        "+1000000000-12-31T23:59:59.999999999Z",
        "the day after tomorrow"
      })
  @DisplayName("T54: a batch with a start in the future delays an upload by a minute at most")
  void waitsAMinuteAtMostForAnAnnouncedBatch(String since) {
    // Given
    applyPages(1);
    annotate(ClaimAnnotation.KEY, "-@" + since);

    // When
    driven.pass();
    driven.clock().passSeconds(61);
    driven.pass();
    var early = ready();
    driven.restart();
    annotate(ClaimAnnotation.KEY, "-@" + since);
    knowledge.sources("docs").delete();
    driven.deletionPass();
    driven.clock().pass(Duration.between(driven.clock().instant(), Instant.now()).plusMinutes(2));
    driven.deletionPass();

    // Then
    assertThat(early).isEqualTo(Reason.Ready);
    knowledge.awaitGone("docs");
  }

  @Test
  @DisplayName("T88: a rejected document is sent again on request, once")
  void sendsARejectedDocumentAgainOnRequest() {
    // Given
    faultUploads(Map.of("status", 422, "times", 2));
    applyPages(1);
    driven.passes(2);

    // When
    annotate(KnowledgeMetadata.REFRESH_REQUESTED_AT, "now");
    driven.passes(3);
    var again = uploads();
    annotate(KnowledgeMetadata.REFRESH_REQUESTED_AT, "later");
    driven.passes(2);

    // Then
    assertThat(again).isEqualTo(2);
    assertThat(uploads()).isEqualTo(3);
    assertThat(ready()).isEqualTo(Reason.Ready);
  }

  @ParameterizedTest
  @ValueSource(strings = {"documents", "placeholder"})
  @DisplayName("T88: a rejected document is sent again once a day, also after a restart")
  void sendsARejectedDocumentAgainOnceADay(String shape) {
    // Given
    world.backend().flip("knowledgeListShape", shape);
    faultUploads(Map.of("status", 422, "times", 1));
    applyPages(1);
    driven.passes(2);
    driven.restart();

    // When
    driven.clock().pass(Duration.ofHours(23));
    driven.passes(2);
    var early = uploads();
    driven.clock().pass(Duration.ofHours(2));
    driven.passes(2);

    // Then
    assertThat(early).isEqualTo(1);
    assertThat(uploads()).isEqualTo(2);
    assertThat(counts().failed()).isZero();
  }

  @Test
  @DisplayName("T29: a ledger that outgrows a ConfigMap is kept in parts, and read from them")
  void keepsALargeLedgerInParts() {
    // Given
    applyPages(1);
    var ledger = ledger(100_000);
    var source = knowledge.source("docs");
    var memory = UploadTracker.Memory.of("bot", Map.of(), Optional.empty());
    var many = new HashMap<String, UploadAttempt>();
    for (var i = 0; i < 12_000; i++) {
      many.put(
          Sha256.of("document " + i).substring(0, 16),
          UploadAttempt.rejected(Instant.ofEpochSecond(i), "It is too long."));
    }
    var few = Map.of("0123456789abcdef", UploadAttempt.rejected(Instant.EPOCH, "It is too long."));

    // When
    ledger.save(source, memory, many);
    var whenMany = ledger.read(source, "bot");
    var parts = ledgers().size();
    ledger.save(source, memory, few);

    // Then
    assertThat(whenMany).isEqualTo(many);
    assertThat(parts).isEqualTo(17);
    assertThat(ledger.read(source, "bot")).isEqualTo(few);
    assertThat(ledgers()).hasSize(1);
    assertThat(ledger.read(source, "another")).isEmpty();
  }

  @Test
  @DisplayName(
      "T29: of a ledger that is too long, only as many entries are read as a source has documents")
  void readsNoMoreOfALedgerThanASourceHasDocuments() {
    // Given
    applyPages(1);
    var source = knowledge.source("docs");
    var memory = UploadTracker.Memory.of("bot", Map.of(), Optional.empty());
    var many = new HashMap<String, UploadAttempt>();
    for (var i = 0; i < 12_000; i++) {
      many.put(
          "%016x".formatted((i * 1_000_003L) << 40), UploadAttempt.rejected(Instant.EPOCH, "No."));
    }
    ledger(100_000).save(source, memory, many);

    // When
    var read = ledger(100).read(source, "bot");

    // Then
    assertThat(read).hasSize(100);
    assertThat(many).containsAllEntriesOf(read);
  }

  private Ledger ledger(int documents) {
    var writes = new ServerSideApply(world.kubernetes());
    return new Ledger(world.kubernetes(), writes, documents, Clock.systemUTC());
  }

  private List<ConfigMap> ledgers() {
    return world
        .kubernetes()
        .configMaps()
        .inNamespace(world.namespace())
        .withLabel(Ledger.LABEL)
        .list()
        .getItems();
  }

  private void annotate(String annotation, String value) {
    knowledge
        .sources("docs")
        .edit(
            source -> {
              var annotations = new HashMap<String, String>();
              if (source.getMetadata().getAnnotations() != null) {
                annotations.putAll(source.getMetadata().getAnnotations());
              }
              annotations.put(annotation, value);
              source.getMetadata().setAnnotations(annotations);
              return source;
            });
  }

  private void faultUploads(Map<String, Object> fault) {
    world.backend().fault("upload-knowledge", "status", fault);
  }

  private void acceptRemovalsWithoutRemoving() {
    world
        .backend()
        .fault("delete-knowledge", "status", Map.of("status", 200, "body", "{\"message\":\"ok\"}"));
  }

  private void applyPages(int number) {
    var pages =
        IntStream.range(0, number)
            .boxed()
            .collect(Collectors.toMap("page-%d.md"::formatted, "This is page %d."::formatted));
    knowledge.applyConfigMap("pages", new HashMap<>(pages));
    knowledge.apply("docs", "configMap: {name: pages}");
  }

  private long uploads() {
    return world.backend().count("upload-knowledge");
  }

  private String version() {
    return knowledge.source("docs").getMetadata().getResourceVersion();
  }

  private List<DocumentStatus> documents() {
    return knowledge.source("docs").getStatus().documents();
  }

  private DocumentCounts counts() {
    var counts = knowledge.source("docs").getStatus().counts();
    return counts == null ? new DocumentCounts(0, 0, 0, 0, 0, 0) : counts;
  }

  private List<Event> events() {
    return world.kubernetes().v1().events().inNamespace(world.namespace()).list().getItems();
  }

  private List<String> deletedEvents() {
    return events().stream()
        .filter(event -> Reason.Deleted.name().equals(event.getReason()))
        .map(Event::getMessage)
        .toList();
  }

  private Reason ready() {
    return Conditions.value(knowledge.source("docs").getStatus().conditions(), ConditionType.Ready)
        .orElseThrow()
        .reason();
  }
}
