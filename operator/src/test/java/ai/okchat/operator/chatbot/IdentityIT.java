package ai.okchat.operator.chatbot;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.lifecycle.ClaimAnnotation;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.Backend;
import ai.okchat.operator.testing.OperatorFixture;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ownership of a bot: adoption, conflicts, copies, other accounts. */
final class IdentityIT {

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  @Test
  void adoptsBotBySlugWithoutAWriteWhenItMatches() {
    // Given
    world.connectBackend();
    var theirs =
        world
            .backend()
            .createInDashboard(
                Map.of(
                    "name", "Bot support",
                    "slug", "help-desk",
                    "settings", Map.of("prompt", "You help.")));

    // When
    world.applyChatbot("support", "slug: help-desk", "adoption: BySlug");

    // Then
    var adopted = world.awaitReady("support");
    assertThat(OperatorFixture.idOf(adopted)).isEqualTo(theirs.path("id").asText());
    assertThat(adopted.getMetadata().getFinalizers()).containsExactly("okchat.ai/finalizer");
    assertThat(world.backend().endpoints()).isEmpty();
  }

  @Test
  void adoptionUnderReportShowsDriftAndWritesNothing() {
    // Given
    world.connectBackend();
    world
        .backend()
        .createInDashboard(
            Map.of(
                "name", "Theirs",
                "slug", "help-desk",
                "settings", Map.of("prompt", "You help.")));

    // When
    world.applyChatbot("support", "slug: help-desk", "adoption: BySlug", "driftPolicy: Report");

    // Then
    var adopted =
        world.await(
            "support",
            chatbot ->
                chatbot.getStatus() != null
                    && Conditions.isTrue(
                        chatbot.getStatus().conditions(), ConditionType.DriftDetected));
    assertThat(adopted.getStatus().drift()).extracting("field").containsExactly("name");
    assertThat(world.backend().endpoints()).isEmpty();
  }

  @Test
  @DisplayName(
      "T14: of two objects with one slug the older owns the bot, the other sends no requests")
  void olderOfTwoObjectsWithOneSlugOwnsTheBot() {
    // Given
    world.connectBackend();
    world.applyChatbot("first", "slug: one-slug");
    world.awaitReady("first");

    // When
    world.applyChatbot("second", "slug: one-slug");

    // Then
    var loser = world.awaitReason("second", Reason.SlugConflict);
    assertThat(OperatorFixture.condition(loser, ConditionType.Stalled).getMessage())
        .contains("belongs to the Chatbot %s/first".formatted(world.namespace()));
    assertThat(world.backend().bots()).hasSize(1);

    // And when the owner is deleted, the other gets the slug.
    world.chatbots("first").delete();
    world.awaitGone("first");
    assertThat(world.awaitReady("second").getStatus().slug()).isEqualTo("one-slug");
    assertThat(world.backend().bots()).hasSize(1);
  }

  @Test
  void copiedAnnotationsGiveNoAccessToAnotherBot() {
    // Given
    world.connectBackend();
    world.applyChatbot("original");
    var original = world.awaitReady("original");
    var annotations = original.getMetadata().getAnnotations();

    // When
    world.apply(
        """
        apiVersion: okchat.ai/v1alpha1
        kind: Chatbot
        metadata:
          name: copy
          annotations:
            okchat.ai/slug: %s
            okchat.ai/claim: %s
        spec: {name: Copy, prompt: Mine now.}
        """
            .formatted(
                annotations.get(Claim.SLUG_ANNOTATION), annotations.get(ClaimAnnotation.KEY)));

    // Then
    world.awaitReason("copy", Reason.SlugConflict);
    assertThat(world.backend().bot(OperatorFixture.idOf(original)).path("name").asText())
        .isEqualTo("Bot original");
    assertThat(world.backend().bots()).hasSize(1);
  }

  @Test
  @DisplayName("T15: a key of another account stops all changes until a user approves")
  void blocksChangesForAKeyOfAnotherAccount() {
    // Given
    world.connectBackend();
    world.applyChatbot("support");
    var id = world.awaitId("support");
    world.backend().acceptKey("their-key", "theirs");
    world
        .backend()
        .createInDashboard(Map.of("organization", "theirs", "name", "X", "slug", "x-bot"));

    // When
    world.storeKey("their-key");

    // Then
    world.awaitReason("support", Reason.AccountChanged);
    assertThat(world.backend().count("create-chatbot")).isEqualTo(1);
    assertThat(world.backend().count("delete-chatbot")).isZero();

    // And the old key lets it recover.
    world.storeKey(Backend.API_KEY);
    assertThat(world.awaitId("support")).isEqualTo(id);
  }

  @Test
  void requiresApprovalToRecreateBotInAnEmptyAccount() {
    // Given
    world.connectBackend();
    world.applyChatbot("support");
    var old = world.awaitId("support");
    world.stopOperator();
    world.backend().deleteInDashboard(old);
    makeTheClaimLookOld("support");
    world.startOperator();
    var held = world.awaitReason("support", Reason.AccountChanged);
    assertThat(OperatorFixture.condition(held, ConditionType.Ready).getMessage())
        .contains("okchat.ai/approve-recreate=" + old);
    assertThat(world.backend().count("create-chatbot")).isEqualTo(1);

    // When
    annotate("support", RecreateApproval.ANNOTATION, old);

    // Then
    world.await(
        "support",
        chatbot -> chatbot.getStatus().id() != null && !old.equals(chatbot.getStatus().id()));
    assertThat(world.backend().bots()).hasSize(1);
  }

  @Test
  @DisplayName("T1: an operator that stopped between claim and response finds its bot again")
  void findsBotAfterAStopBetweenClaimAndResponse() {
    // Given
    world.connectBackend();
    world.backend().fault("create-chatbot", "cut-after", Map.of());
    world.backend().fault("list-chatbots", "status", Map.of("status", 503, "skip", 1));
    world.applyChatbot("support");
    world.awaitReason("support", Reason.BackendUnavailable);
    world.stopOperator();
    world.backend().clearFaults();

    // When
    world.startOperator();

    // Then
    world.awaitReady("support");
    assertThat(world.backend().bots()).hasSize(1);
    assertThat(world.backend().count("create-chatbot")).isEqualTo(1);
  }

  private void makeTheClaimLookOld(String name) {
    var uid = world.chatbot(name).getMetadata().getUid();
    annotate(name, ClaimAnnotation.KEY, uid + "@2020-01-01T00:00:00Z");
  }

  private void annotate(String name, String annotation, String value) {
    world
        .chatbots(name)
        .edit(
            chatbot -> {
              chatbot.getMetadata().getAnnotations().put(annotation, value);
              return chatbot;
            });
  }
}
