package ai.okchat.operator.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.DocumentState;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.OperatorFixture;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Failures between the upload of a document and its retrieval, over hours of a moved clock. */
final class KnowledgeFaultsIT {

  private static final String ONE = "documents: [{name: hours, text: 'Open from 9 to 5.'}]";
  private static final String CHANGED = "documents: [{name: hours, text: 'Open from 10 to 6.'}]";

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  private final KnowledgeFixture knowledge = new KnowledgeFixture(world);
  private String bot = "";
  private DrivenSource driven;

  @BeforeEach
  void makeABotAndStopTheOperator() {
    bot = knowledge.readyBot("support");
    world.stopOperator();
    world.backend().clearJournal();
    driven = new DrivenSource(world, knowledge, bot);
  }

  @AfterEach
  void stop() {
    driven.close();
  }

  @Test
  @DisplayName(
      "T38: ingestion of an hour with a reconciliation each minute: one upload, also after a"
          + " restart")
  void uploadsOnceWhenIngestionTakesAnHour() {
    // Given
    world.backend().flip("knowledgeLagMillis", 3_600_000);
    knowledge.apply("docs", ONE);

    // When
    for (var minute = 0; minute < 60; minute++) {
      driven.pass();
      driven.clock().pass(Duration.ofMinutes(1));
      if (minute % 20 == 19) {
        driven.restart();
      }
    }

    // Then
    assertThat(knowledge.writes()).containsExactly("upload-knowledge");
    assertThat(ready()).isEqualTo(Reason.IndexingDelayed);
    assertThat(knowledge.source("docs").getStatus().progress()).isEqualTo("0/1");
  }

  @Test
  @DisplayName(
      "T39 B3: an upload with 200 that is never listed is not Ready, and sent again after two"
          + " hours")
  void sendsAcceptedDocumentAgainWhenItIsNeverListed() {
    // Given
    world.backend().fault("upload-knowledge", "status", Map.of("status", 200, "times", 1));
    knowledge.apply("docs", ONE);
    driven.pass();
    driven.clock().pass(Duration.ofMinutes(119));
    driven.pass();
    var before = knowledge.writes();
    var waiting = ready();

    // When
    driven.clock().pass(Duration.ofMinutes(2));
    driven.pass();

    // Then
    assertThat(before).containsExactly("upload-knowledge");
    assertThat(waiting).isEqualTo(Reason.IndexingDelayed);
    assertThat(ready()).isEqualTo(Reason.Ready);
    assertThat(knowledge.names(bot)).containsExactly("hours");
  }

  @Test
  @DisplayName("T40: a rejected document is sent once for its content, and the others continue")
  void sendsRejectedDocumentOnce() {
    // Given
    knowledge.applyConfigMap("pages", Map.of("bad.json", "{}", "good.md", "fine"));
    knowledge.apply("docs", "configMap: {name: pages}");

    // When
    driven.passes(3);
    driven.restart();
    driven.clock().pass(Duration.ofHours(3));
    driven.passes(3);

    // Then
    assertThat(knowledge.writes()).containsExactly("upload-knowledge", "upload-knowledge");
    assertThat(ready()).isEqualTo(Reason.DocumentsFailed);
    assertThat(knowledge.names(bot)).containsExactly("good");
    var failed = knowledge.source("docs").getStatus().documents().getFirst();
    assertThat(failed.name()).isEqualTo("bad.json");
    assertThat(failed.state()).isEqualTo(DocumentState.FAILED);
  }

  @Test
  void sendsRejectedDocumentAgainWhenItChanges() {
    // Given
    knowledge.applyConfigMap("pages", Map.of("bad.json", "{}"));
    knowledge.apply("docs", "configMap: {name: pages}");
    driven.passes(2);

    // When
    knowledge.applyConfigMap(
        "pages", Map.of("bad.json", "[{\"question\": \"a?\", \"answer\": \"b\"}]"));
    driven.passes(2);

    // Then
    assertThat(ready()).isEqualTo(Reason.Ready);
    assertThat(knowledge.writes()).containsExactly("upload-knowledge", "upload-knowledge");
  }

  @Test
  @DisplayName("T41: a failure between add and delete ends with exactly one copy")
  void keepsOneCopyAfterAFailureBetweenAddAndDelete() {
    // Given
    world.backend().flip("patchChangesTitle", false);
    knowledge.apply("docs", ONE);
    driven.pass();
    knowledge.apply("docs", CHANGED);
    driven.pass();
    world.backend().fault("delete-knowledge", "status", Map.of("status", 503, "times", 1));

    // When
    driven.clock().passSeconds(6);
    driven.pass();
    var twoCopies = knowledge.names(bot);
    driven.clock().passSeconds(6);
    driven.passes(2);

    // Then
    assertThat(twoCopies).containsExactly("hours", "hours");
    assertThat(knowledge.contents(bot)).isEqualTo(Map.of("hours", "Open from 10 to 6."));
    assertThat(knowledge.titles(bot)).hasSize(1);
    assertThat(ready()).isEqualTo(Reason.Ready);
  }

  @Test
  void uploadsNextChangeAtOnceWhenTitlesAreKept() {
    // Given
    world.backend().flip("patchChangesTitle", false);
    knowledge.apply("docs", ONE);
    driven.pass();
    knowledge.apply("docs", CHANGED);
    driven.pass();
    driven.clock().passSeconds(6);
    driven.passes(2);
    world.backend().clearJournal();

    // When
    knowledge.apply("docs", ONE);
    driven.passes(2);

    // Then
    assertThat(knowledge.writes()).containsExactly("delete-knowledge", "upload-knowledge");
    assertThat(knowledge.contents(bot)).isEqualTo(Map.of("hours", "Open from 9 to 5."));
  }

  @Test
  @DisplayName("T42: a source with documents is not Ready while none of them is listed")
  void isNotReadyWhenNothingIsListed() {
    // Given
    world.backend().fault("list-knowledge", "empty-list", Map.of());
    knowledge.apply("docs", ONE);

    // When
    driven.passes(3);

    // Then
    assertThat(ready()).isEqualTo(Reason.Ingesting);
    assertThat(knowledge.writes()).containsExactly("upload-knowledge");
  }

  @Test
  @DisplayName("T42: a source without any file is not Ready, and removes no documents")
  void isNotReadyWhenTheSourceIsEmpty() {
    // Given
    knowledge.applyConfigMap("pages", Map.of("a.md", "one"));
    knowledge.apply("docs", "configMap: {name: pages, include: ['*.md']}");
    driven.pass();

    // When
    knowledge.apply("docs", "configMap: {name: pages, include: ['*.pdf']}");
    driven.pass();

    // Then
    assertThat(ready()).isEqualTo(Reason.NoDocuments);
    assertThat(knowledge.names(bot)).containsExactly("a");
  }

  @Test
  @DisplayName("T43: indexed but not yet retrievable: Synced True, Retrievable False, then True")
  void reportsIndexedDocumentThatIsNotYetRetrievable() {
    // Given
    world.backend().flip("indexingDelayMillis", 1_500);
    knowledge.apply("docs", ONE, "retrievalChecks: [{query: 'When open?', expectDocument: hours}]");

    // When
    driven.pass();
    var early = List.of(state(ConditionType.Synced), state(ConditionType.Retrievable));
    Awaitility.await()
        .until(
            () -> {
              driven.clock().pass(Duration.ofMinutes(5));
              driven.pass();
              return ready() == Reason.Ready;
            });

    // Then
    assertThat(early).containsExactly("True", "False");
    assertThat(state(ConditionType.Retrievable)).isEqualTo("True");
    assertThat(knowledge.writes()).containsExactly("upload-knowledge");
  }

  @Test
  void failedCheckNamesQueryAndDocument() {
    // Given
    knowledge.apply(
        "docs", ONE, "retrievalChecks: [{query: 'zebra giraffe', expectDocument: hours}]");

    // When
    driven.passes(3);

    // Then
    assertThat(
            KnowledgeFixture.condition(knowledge.source("docs"), ConditionType.Retrievable)
                .getMessage())
        .isEqualTo("The query 'zebra giraffe' does not find the document hours.");
    assertThat(world.backend().count("query-knowledge")).isEqualTo(1);
  }

  @Test
  @DisplayName(
      "T44: if every response to an upload is lost, a later reconciliation reads the result")
  void recoversWhenEveryResponseIsLost() {
    // Given
    world.backend().fault("upload-knowledge", "cut-after", Map.of());
    knowledge.apply("docs", ONE);

    // When
    driven.pass();
    var lost = ready();
    driven.clock().passSeconds(2);
    driven.pass();

    // Then
    assertThat(lost).isEqualTo(Reason.BackendUnavailable);
    assertThat(ready()).isEqualTo(Reason.Ready);
    assertThat(knowledge.writes()).containsExactly("upload-knowledge");
  }

  @Test
  @DisplayName(
      "T44: after a process ends in a batch, the state of each document is known in a minute")
  void recoversWhenTheProcessEndsInABatch() {
    // Given
    world.backend().flip("knowledgeLagMillis", 1_000);
    world.backend().fault("upload-knowledge", "cut-after", Map.of());
    knowledge.apply("docs", ONE);
    driven.pass();

    // When
    driven.restart();
    driven.clock().passSeconds(30);
    driven.pass();
    Awaitility.await()
        .until(
            () -> {
              driven.pass();
              return ready() == Reason.Ready;
            });

    // Then
    assertThat(knowledge.writes()).containsExactly("upload-knowledge");
  }

  @Test
  void sendsDocumentRemovedInTheDashboardAgain() {
    // Given
    knowledge.apply("docs", ONE);
    driven.pass();
    var id = knowledge.documents(bot).getFirst().path("id").asText();

    // When
    knowledge.removeInDashboard(bot, id);
    driven.pass();

    // Then
    assertThat(knowledge.names(bot)).containsExactly("hours");
    assertThat(knowledge.writes()).containsExactly("upload-knowledge", "upload-knowledge");
  }

  @Test
  void recordsHandledRefreshRequest() {
    // Given
    knowledge.apply("docs", ONE);
    driven.pass();

    // When
    knowledge
        .sources("docs")
        .edit(
            source -> {
              source.getMetadata().getAnnotations().put("okchat.ai/refresh-requested-at", "now");
              return source;
            });
    driven.pass();

    // Then
    assertThat(knowledge.source("docs").getStatus().lastHandledRefreshAt()).isEqualTo("now");
  }

  private Reason ready() {
    return Conditions.value(knowledge.source("docs").getStatus().conditions(), ConditionType.Ready)
        .orElseThrow()
        .reason();
  }

  private String state(ConditionType type) {
    return KnowledgeFixture.condition(knowledge.source("docs"), type).getStatus();
  }
}
