package ai.okchat.operator.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.OperatorFixture;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The main job: documents appear, change, are renamed and go, each with the fewest calls. */
final class KnowledgeLifecycleIT {

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  private final KnowledgeFixture knowledge = new KnowledgeFixture(world);
  private String bot = "";

  @BeforeEach
  void makeABot() {
    bot = knowledge.readyBot("support");
    world.backend().clearJournal();
  }

  @Test
  void documentNeedsOneUploadAndTwoApiServerWrites() {
    // When
    knowledge.apply("docs", "documents: [{name: opening-hours, text: 'Open from 9 to 5.'}]");
    var ready = knowledge.awaitReady("docs");

    // Then
    assertThat(knowledge.writes()).containsExactly("upload-knowledge");
    assertThat(knowledge.contents(bot))
        .containsExactly(Map.entry("opening-hours", "Open from 9 to 5."));
    assertThat(knowledge.apiWrites())
        .containsExactly("patch knowledgesources docs", "patch knowledgesources/status docs");
    assertThat(ready.getStatus().progress()).isEqualTo("1/1");
  }

  @Test
  void changeRenameAddAndRemoveAreOneRequestEach() {
    // Given
    knowledge.apply(
        "docs",
        "documents: [{name: a, text: one}, {name: b, text: two}, {name: c, text: three}, {name: d,"
            + " text: four}]");
    knowledge.awaitReady("docs");
    world.backend().clearJournal();

    // When
    knowledge.apply(
        "docs",
        "documents: [{name: a, text: ONE}, {name: bee, text: two}, {name: c, text: three}, {name:"
            + " e, text: five}]",
        "pruneLimitPercent: 50");
    knowledge.awaitReady("docs");

    // Then
    assertThat(knowledge.writes())
        .containsExactly(
            "delete-knowledge", "update-knowledge", "update-knowledge", "upload-knowledge");
    assertThat(knowledge.contents(bot))
        .isEqualTo(Map.of("a", "ONE", "bee", "two", "c", "three", "e", "five"));
  }

  @Test
  @DisplayName("T18 T24: two reconciliations without a change write nothing")
  void writesNothingWithoutAChange() {
    // Given
    knowledge.apply("docs", "documents: [{name: a, text: one}]", "refreshInterval: 1s");
    knowledge.awaitReady("docs");
    world.backend().clearJournal();
    var before = knowledge.apiWrites().size();

    // When
    org.awaitility.Awaitility.await().until(() -> world.backend().count("list-knowledge") >= 2);

    // Then
    assertThat(knowledge.writes()).isEmpty();
    assertThat(knowledge.apiWrites()).hasSize(before);
  }

  @Test
  void questionsAndAnswersAreOneFile() {
    // When
    knowledge.apply("faq", "faq: [{question: 'Is it free?', answer: 'Yes.'}]");
    knowledge.awaitReady("faq");

    // Then
    assertThat(knowledge.contents(bot))
        .containsExactly(Map.entry("faq", "[{\"question\":\"Is it free?\",\"answer\":\"Yes.\"}]"));
  }

  @Test
  void changedAnswerReplacesTheFile() {
    // Given
    knowledge.apply("faq", "faq: [{question: 'Is it free?', answer: 'Yes.'}]");
    knowledge.awaitReady("faq");
    world.backend().clearJournal();

    // When
    knowledge.apply("faq", "faq: [{question: 'Is it free?', answer: 'No.'}]");
    knowledge.awaitReady("faq");

    // Then
    assertThat(knowledge.writes()).containsExactly("update-knowledge");
    assertThat(knowledge.contents(bot))
        .containsExactly(Map.entry("faq", "[{\"question\":\"Is it free?\",\"answer\":\"No.\"}]"));
  }

  @Test
  void syncsChangedConfigMapAtOnce() {
    // Given
    knowledge.applyConfigMap("pages", Map.of("a.md", "one", "b.txt", "two", "c.exe", "no"));
    knowledge.apply("docs", "configMap: {name: pages, include: ['*.md', '*.txt']}");
    knowledge.awaitReady("docs");

    // When
    knowledge.applyConfigMap("pages", Map.of("a.md", "ONE", "b.txt", "two"));
    knowledge.await("docs", _ -> knowledge.contents(bot).containsValue("ONE"));

    // Then
    knowledge.awaitReady("docs");
    assertThat(knowledge.contents(bot)).isEqualTo(Map.of("a", "ONE", "b", "two"));
  }

  @Test
  void sendsBinaryKeysOfAConfigMapUnchanged() {
    // Given
    var prices = "day,price\n1,5\n";
    world
        .kubernetes()
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName("tables")
                .withNamespace(world.namespace())
                .endMetadata()
                .addToBinaryData(
                    "prices.csv",
                    Base64.getEncoder().encodeToString(prices.getBytes(StandardCharsets.UTF_8)))
                .addToData("notes.md", "See the table.")
                .build())
        .create();

    // When
    knowledge.apply("docs", "configMap: {name: tables}");
    knowledge.awaitReady("docs");

    // Then
    assertThat(knowledge.contents(bot))
        .isEqualTo(Map.of("prices", prices, "notes", "See the table."));
  }

  @Test
  void readsManyConfigMapsInPagesOutsideTheHeap() {
    // Given
    var texts = new TreeMap<String, String>();
    for (var i = 10; i < 22; i++) {
      var text = "Page %d. ".formatted(i).repeat(50_000);
      knowledge.applyConfigMap("pages-" + i, Map.of("text.md", text));
      texts.put("pages-%d-text".formatted(i), text);
    }

    // When
    knowledge.apply("docs", "configMap: {selector: {matchLabels: {docs: 'yes'}}}");
    knowledge.awaitReady("docs");

    // Then
    assertThat(knowledge.contents(bot)).isEqualTo(texts);
  }

  @Test
  void failsUnsupportedDocumentAndContinuesWithOthers() {
    // Given
    knowledge.applyConfigMap("pages", Map.of("a.md", "one", "c.exe", "no"));

    // When
    knowledge.apply("docs", "configMap: {selector: {matchLabels: {docs: 'yes'}}}");
    var failed = knowledge.awaitReason("docs", ConditionType.Ready, Reason.DocumentsFailed);

    // Then
    assertThat(knowledge.names(bot)).containsExactly("pages-a");
    assertThat(failed.getStatus().documents().getFirst().name()).isEqualTo("pages/c.exe");
    assertThat(failed.getStatus().progress()).isEqualTo("1/2");
  }

  @Test
  @DisplayName("T12: a document of another owner in the same bot is never changed")
  void deletionRemovesTheDocumentsOfTheSourceOnly() {
    // Given
    knowledge.addInDashboard(bot, "by-hand.md", "Made by somebody.");
    knowledge.apply("docs", "documents: [{name: a, text: one}, {name: b, text: two}]");
    knowledge.apply("other", "documents: [{name: a, text: three}]");
    knowledge.awaitReady("docs");
    knowledge.awaitReady("other");

    // When
    knowledge.sources("docs").delete();
    knowledge.awaitGone("docs");

    // Then
    assertThat(knowledge.names(bot)).containsExactlyInAnyOrder("by-hand.md", "a");
    assertThat(knowledge.contents(bot)).containsEntry("a", "three");
  }

  @Test
  void deletionWithPolicyOrphanKeepsTheDocuments() {
    // Given
    knowledge.apply("docs", "documents: [{name: a, text: one}]", "deletionPolicy: Orphan");
    knowledge.awaitReady("docs");

    // When
    knowledge.sources("docs").delete();
    knowledge.awaitGone("docs");

    // Then
    assertThat(knowledge.names(bot)).containsExactly("a");
  }

  @Test
  void deletionKeepsTheDocumentsByDefaultOfTheBackend() {
    // Given
    world.patchBackend("{\"spec\": {\"defaultDeletionPolicy\": \"Orphan\"}}");
    knowledge.apply("docs", "documents: [{name: a, text: one}]");
    knowledge.awaitReady("docs");

    // When
    knowledge.sources("docs").delete();
    knowledge.awaitGone("docs");

    // Then
    assertThat(knowledge.names(bot)).containsExactly("a");
  }
}
