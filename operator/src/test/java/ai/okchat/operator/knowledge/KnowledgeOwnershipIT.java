package ai.okchat.operator.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.World;
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

  @RegisterExtension final World world = new World();

  private KnowledgeWorld knowledge;

  @BeforeEach
  void prepare() {
    knowledge = new KnowledgeWorld(world);
  }

  @Test
  @DisplayName("T55: documents are removed from a bot whose Chatbot was orphaned first")
  void removesDocumentsFromAnOrphanedBot() {
    // Given
    world.connectBackend();
    world.applyChatbot("support", "deletionPolicy: Orphan");
    var bot = world.awaitId("support");
    knowledge.apply("docs", "documents: [{name: hours, text: From nine to five.}]");
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
  @DisplayName("T55: a whole namespace goes in any order, and leaves neither bot nor document")
  void removesDocumentsWithTheWholeNamespace() {
    // Given
    knowledge.readyBot("support");
    knowledge.apply("docs", "documents: [{name: hours, text: From nine to five.}]");
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
  @DisplayName("T56: a source whose bot does not exist any longer can be deleted")
  void endsDeletionWhenTheBotIsAbsent() {
    // Given
    knowledge.readyBot("support");
    world.backend().createInDashboard(Map.of("name", "Taken", "slug", "taken"));
    knowledge.apply("docs", "documents: [{name: hours, text: From nine to five.}]");
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
  @DisplayName("T53: in an empty account the deletion of a source does not end")
  void blocksDeletionInAnEmptyAccount() {
    // Given
    var bot = knowledge.readyBot("support");
    knowledge.apply("docs", "documents: [{name: hours, text: From nine to five.}]");
    knowledge.awaitReady("docs");
    world.backend().acceptKey("other-key", "empty");
    world.storeKey("other-key");
    world.awaitReason("support", Reason.AccountChanged);

    // When
    knowledge.sources("docs").delete();
    var blocked = knowledge.awaitReason("docs", ConditionType.Ready, Reason.DeletionBlocked);
    world.awaitPolls(3);

    // Then
    assertThat(KnowledgeWorld.condition(blocked, ConditionType.Ready).getMessage())
        .contains("another account");
    assertThat(knowledge.source("docs").getMetadata().getFinalizers()).isNotEmpty();
    assertThat(knowledge.documents(bot)).hasSize(1);
  }

  @Test
  @DisplayName("T33: a finalizer that another client removed comes back")
  void addsFinalizerAgain() {
    // Given
    var bot = knowledge.readyBot("support");
    knowledge.apply("docs", "documents: [{name: hours, text: From nine to five.}]");
    knowledge.awaitReady("docs");

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
}
