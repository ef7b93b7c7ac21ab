package ai.okchat.operator.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.lifecycle.ClaimAnnotation;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.OperatorFixture;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A KnowledgeSource removes its documents by its own record, whatever became of its Chatbot. */
final class KnowledgeOwnershipIT {

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  private KnowledgeFixture knowledge;

  @BeforeEach
  void prepare() {
    knowledge = new KnowledgeFixture(world);
  }

  @Test
  @DisplayName("T55: documents are removed from a bot whose Chatbot was orphaned first")
  void removesDocumentsFromAnOrphanedBot() {
    // Given
    world.connectBackend();
    world.applyChatbot("support", "deletionPolicy: Orphan");
    var bot = world.awaitId("support");
    applyDocument();
    knowledge.awaitReady("docs");

    // When
    world.chatbots("support").delete();
    world.awaitGone("support");
    knowledge.sources("docs").delete();
    knowledge.awaitGone("docs");

    // Then
    assertThat(world.backend().bots()).hasSize(1);
    assertThat(knowledge.documents(bot)).isEmpty();
  }

  @Test
  @DisplayName("T55: a namespace is deleted in any order, and neither bot nor document remains")
  void removesDocumentsWithTheWholeNamespace() {
    // Given
    knowledge.readyBot("support");
    applyDocument();
    var recorded = knowledge.awaitReady("docs");

    // When
    world.kubernetes().secrets().inNamespace(world.namespace()).withName("okchat").delete();
    world.kubernetes().resource(world.backendObject()).delete();
    world.chatbots("support").delete();
    knowledge.sources("docs").delete();

    // Then
    world.awaitGone("support");
    knowledge.awaitGone("docs");
    assertThat(Objects.requireNonNull(recorded.getStatus().backend()).name()).isEqualTo("default");
    assertThat(world.backend().bots()).isEmpty();
  }

  @Test
  @DisplayName("T56: a source whose bot no longer exists can be deleted")
  void completesDeletionWhenTheBotIsAbsent() {
    // Given
    knowledge.readyBot("support");
    world.backend().createInDashboard(Map.of("name", "Taken", "slug", "taken"));
    applyDocument();
    knowledge.awaitReady("docs");
    world.chatbots("support").delete();
    world.awaitGone("support");

    // When
    world.applyChatbot("support", "slug: taken");
    world.awaitReason("support", Reason.SlugTaken);
    knowledge.sources("docs").delete();

    // Then
    knowledge.awaitGone("docs");
  }

  @Test
  @DisplayName("T53: in an empty account the deletion of a source does not complete")
  void blocksDeletionInAnEmptyAccount() {
    // Given
    var bot = botWithDocument();
    world.backend().acceptKey("other-key", "empty");
    world.storeKey("other-key");
    world.awaitReason("support", Reason.AccountChanged);

    // When
    knowledge.sources("docs").delete();
    var blocked = knowledge.awaitReason("docs", ConditionType.Ready, Reason.DeletionBlocked);
    world.awaitPolls(3);

    // Then
    assertThat(KnowledgeFixture.condition(blocked, ConditionType.Ready).getMessage())
        .contains("another account");
    assertThat(knowledge.source("docs").getMetadata().getFinalizers()).isNotEmpty();
    assertThat(knowledge.documents(bot)).hasSize(1);
  }

  @Test
  @DisplayName("T33: a finalizer that another client removed is added again")
  void addsFinalizerAgain() {
    // Given
    var bot = botWithDocument();

    // When
    knowledge
        .sources("docs")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\": {\"finalizers\": null, \"annotations\": null}}");
    Awaitility.await("the finalizer")
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> List.of("okchat.ai/finalizer").equals(knowledge.source("docs").getFinalizers()));
    knowledge.sources("docs").delete();
    knowledge.awaitGone("docs");

    // Then
    assertThat(knowledge.documents(bot)).isEmpty();
  }

  @Test
  @DisplayName("T101: the clean-up of a restored copy orphans the documents and writes a receipt")
  void orphansDocumentsOfARestoredCopy() {
    // Given
    var bot = botWithDocument();
    restore();

    // When
    world.chatbots("support").delete();
    world.awaitGone("support");
    knowledge.sources("docs").delete();
    knowledge.awaitGone("docs");

    // Then
    assertThat(knowledge.documents(bot)).hasSize(1);
    assertThat(world.receipts())
        .extracting(
            receipt -> receipt.getData().get("backend"), receipt -> receipt.getData().get("why"))
        .contains(
            tuple(
                "ChatbotBackend %s/default".formatted(world.namespace()),
                "The KnowledgeSource was restored and did not send its documents."));
  }

  @Test
  @DisplayName("T101: a restored copy removes its documents once its Chatbot adopts the bot")
  void removesDocumentsOfARestoredCopyWhoseChatbotAdoptsTheBot() {
    // Given
    var bot = botWithDocument();
    restore();

    // When
    world.applyChatbot("support", "adoption: BySlug");
    knowledge.await("docs", source -> claim(source).startsWith(source.getMetadata().getUid()));
    knowledge.sources("docs").delete();
    knowledge.awaitGone("docs");

    // Then
    assertThat(knowledge.documents(bot)).isEmpty();
  }

  /** The ID of a bot that has the document of the source {@code docs}. */
  private String botWithDocument() {
    var bot = knowledge.readyBot("support");
    applyDocument();
    knowledge.awaitReady("docs");
    return bot;
  }

  private void applyDocument() {
    knowledge.apply("docs", "documents: [{name: hours, text: From nine to five.}]");
  }

  /**
   * Restores the source as an old backup does: spec and annotations, under a new UID and without
   * the status.
   */
  private void restore() {
    world.stopOperator();
    var docs = knowledge.source("docs");
    var claim = docs.getMetadata().getUid() + "@2026-01-01T00:00:00Z";
    docs.getMetadata().getAnnotations().put(ClaimAnnotation.KEY, claim);
    var objects = List.<HasMetadata>of(world.chatbot("support"), docs);
    for (var object : objects) {
      var stored = world.kubernetes().resource(object);
      stored.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\": {\"finalizers\": null}}");
      stored.delete();
    }
    for (var object : objects) {
      object.setMetadata(
          new ObjectMetaBuilder()
              .withNamespace(world.namespace())
              .withName(object.getMetadata().getName())
              .withAnnotations(object.getMetadata().getAnnotations())
              .build());
      world.kubernetes().resource(object).create();
    }
    world.startOperator();
    world.awaitReady("support");
    knowledge.awaitReady("docs");
  }

  private static String claim(KnowledgeSource source) {
    return source.getMetadata().getAnnotations().getOrDefault(ClaimAnnotation.KEY, "");
  }
}
