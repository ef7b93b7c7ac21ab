package ai.okchat.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.Backend;
import ai.okchat.operator.testing.LeapingClock;
import ai.okchat.operator.testing.OperatorFixture;
import ai.okchat.operator.testing.TestedOperator;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ownership of bots on accounts of single namespaces, with hand-made and unlucky input. */
final class OwnershipIT {

  @RegisterExtension final OperatorFixture world = new OperatorFixture();
  @RegisterExtension final OperatorFixture elsewhere = new OperatorFixture();

  @Test
  @DisplayName("T46: a bot that was created by hand with the slug of a deleted one is not changed")
  void recreationAdoptsNoBotCreatedByHand(TestInfo test) {
    // Given
    world.connectBackend();
    world.backend().createInDashboard(Map.of("name", "Another", "slug", "another"));
    world.applyChatbot("support", "slug: support");
    var old = world.awaitId("support");
    makeOld("support");

    // When
    world.backend().deleteInDashboard(old);
    var foreign = createByHand("support");
    var refused = world.awaitReason("support", Reason.SlugTaken);
    world.chatbots("support").delete();
    world.awaitGone("support");

    // Then
    assertThat(world.backend().bot(id(foreign))).isEqualTo(foreign);
    assertThat(refused.getStatus().id()).isNull();
    FaultReport.record(test, 1, "Chatbots 0, bots made by hand 1, writes to it 0");
  }

  @Test
  @DisplayName("T48: after a conflict and a failed list no bot of another owner is adopted")
  void adoptsNothingAfterAConflictAndAFailedList(TestInfo test) {
    // Given
    world.connectBackend();
    world.backend().fault("create-chatbot", "delay", Map.of("delayMillis", 1_500, "times", 1));
    world.applyChatbot("support", "slug: support");
    world.await(
        "support",
        chatbot -> chatbot.getMetadata().getAnnotations().containsKey("okchat.ai/claim"));

    // When
    var foreign = createByHand("support");
    world.backend().fault("list-chatbots", "status", Map.of("status", 500));
    await("the conflict", () -> world.backend().count("create-chatbot") > 0);
    world.awaitPolls(2);
    world.backend().clearFaults();
    var refused = world.awaitReason("support", Reason.SlugTaken);

    // Then
    assertThat(refused.getMetadata().getFinalizers()).isEmpty();
    assertThat(world.backend().bot(id(foreign))).isEqualTo(foreign);
    assertThat(world.backend().endpoints()).doesNotContain("update-chatbot");
    FaultReport.record(test, 1, "writes to the other bot 0, claims left 0");
  }

  @Test
  @DisplayName("T49: a copy with the status of the original sends no request and deletes no bot")
  void copyWithTheStatusOfTheOriginalOwnsNothing(TestInfo test) {
    // Given
    world.connectBackend();
    world.applyChatbot("support", "slug: support");
    var original = world.awaitReady("support");
    elsewhere.stopOperator();
    world.stopOperator();
    world.startOperator(
        TestedOperator.serving(
            Set.of(world.namespace(), elsewhere.namespace()), world.namespace(), false));
    elsewhere.connectBackend(world.backend().url());
    elsewhere.applyChatbot("support", "slug: support", "suspend: true");
    elsewhere.awaitReason("support", Reason.Suspended);
    world.backend().clearJournal();

    // When
    patchStatus(elsewhere, "support", original.getStatus());
    elsewhere.applyChatbot("support", "slug: support", "greeting: Mine");
    var refused = elsewhere.awaitReason("support", Reason.SlugConflict);
    elsewhere.chatbots("support").delete();
    elsewhere.awaitGone("support");

    // Then
    assertThat(Conditions.isTrue(refused.getStatus().conditions(), ConditionType.Stalled)).isTrue();
    assertThat(world.backend().endpoints())
        .doesNotContain("update-chatbot", "delete-chatbot", "create-chatbot");
    assertThat(world.backend().bots()).hasSize(1);
    FaultReport.record(test, 1, "bots 1, writes of the copy 0");
  }

  @Test
  @DisplayName("T49 T99: of two objects of one namespace with one ID the older owns the bot")
  void olderOfTwoObjectsWithOneIdOwnsTheBot(TestInfo test) {
    // Given
    world.connectBackend();
    world.applyChatbot("support", "slug: support");
    var original = world.awaitReady("support");
    world.applyChatbot("copy", "suspend: true");
    world.awaitReason("copy", Reason.Suspended);
    patchStatus(world, "copy", original.getStatus());
    world.backend().clearJournal();

    // When
    world.applyChatbot("copy", "greeting: Mine");
    var refused = world.awaitReason("copy", Reason.SlugConflict);
    world.chatbots("copy").delete();
    world.awaitGone("copy");
    world.awaitPolls(2);

    // Then
    assertThat(OperatorFixture.condition(refused, ConditionType.Ready).getMessage())
        .contains("%s/support".formatted(world.namespace()));
    assertThat(world.backend().endpoints()).doesNotContain("update-chatbot", "delete-chatbot");
    assertThat(OperatorFixture.isReady(world.chatbot("support"))).isTrue();
    FaultReport.record(test, 1, "bots 1, writes of the copy 0");
  }

  @Test
  @DisplayName(
      "T50: the clean-up of a copy in another cluster orphans the bot and writes a receipt")
  void deletionOfARestoredCopyOrphansTheBot(TestInfo test) {
    // Given
    world.connectBackend();
    world.applyChatbot("support", "slug: support");
    var original = world.awaitReady("support");
    elsewhere.connectBackend(world.backend().url());

    // When
    restore(elsewhere, original, "slug: support");
    var copy = elsewhere.awaitReady("support");
    elsewhere.chatbots("support").delete();
    elsewhere.awaitGone("support");

    // Then
    assertThat(copy.getStatus().id()).isEqualTo(original.getStatus().id());
    assertThat(world.backend().bots()).hasSize(1);
    assertThat(elsewhere.receipts())
        .extracting(receipt -> receipt.getData().get("id"))
        .containsExactly(original.getStatus().id());
    await("the Event", () -> reasons(elsewhere, "support").contains("Adopted"));
    FaultReport.record(test, 1, "bots 1, receipts 1");
  }

  @Test
  @DisplayName("T53: in an empty account no deletion completes, and the bot stays in the old one")
  void deletionInAnEmptyAccountIsBlocked(TestInfo test) {
    // Given
    world.connectBackend();
    world.applyChatbot("support");
    var id = world.awaitId("support");
    world.backend().acceptKey("other-key", "empty");
    world.storeKey("other-key");
    world.awaitReason("support", Reason.AccountChanged);

    // When
    world.chatbots("support").delete();
    var blocked = world.awaitReason("support", Reason.DeletionBlocked);
    world.awaitPolls(3);

    // Then
    assertThat(OperatorFixture.condition(blocked, ConditionType.Ready).getMessage())
        .contains("another account", "spec.deletionPolicy: Orphan", "okchat.ai/deletion-timeout");
    assertThat(world.chatbot("support").getMetadata().getFinalizers()).isNotEmpty();
    assertThat(world.backend().bots()).extracting(OwnershipIT::id).containsExactly(id);
    world.storeKey(Backend.API_KEY);
    world.awaitGone("support");
    assertThat(world.backend().bots()).isEmpty();
    FaultReport.record(test, 1, "deletions that ended in the empty account 0");
  }

  @Test
  @DisplayName("T53: a list that is empty for a while completes no deletion and creates no bot")
  void temporarilyEmptyListCompletesNoDeletion(TestInfo test) {
    // Given
    world.connectBackend();
    world.applyChatbot("first");
    world.applyChatbot("second");
    world.awaitReady("first");
    world.awaitReady("second");
    makeOld("first");

    // When
    var notFound = Map.<String, Object>of("status", 404, "body", "{\"error\": \"not found\"}");
    world.backend().fault("list-chatbots", "empty-list", Map.of());
    world.backend().fault("get-chatbot", "status", notFound);
    world.backend().fault("delete-chatbot", "status", notFound);
    world.chatbots("first").delete();
    world.awaitReason("first", Reason.DeletionBlocked);
    world.awaitPolls(3);

    // Then
    assertThat(world.backend().bots()).hasSize(2);
    assertThat(world.backend().count("create-chatbot")).isEqualTo(2);
    world.backend().clearFaults();
    world.awaitGone("first");
    assertThat(world.backend().bots()).hasSize(1);
    FaultReport.record(test, 1, "extra bots 0, deletions that ended 0");
  }

  @Test
  @DisplayName("T57: a backend that is being deleted uses a new key of its Secret")
  void usesNewKeyForABackendThatIsBeingDeleted(TestInfo test) {
    // Given
    world.connectBackend();
    world.applyChatbot("support");
    world.awaitReady("support");

    // When
    world.backend().refuseKey(Backend.API_KEY);
    world.chatbots("support").delete();
    world.kubernetes().resource(world.backendObject()).delete();
    world.awaitReason("support", Reason.DeletionBlocked);
    world.backend().acceptKey("new-key", "ours");
    world.storeKey("new-key");

    // Then
    world.awaitGone("support");
    assertThat(world.backend().bots()).isEmpty();
    FaultReport.record(test, 1, "Chatbots 0, bots 0");
  }

  @Test
  @DisplayName(
      "T58: a key in memory that the backend revoked blocks a deletion for an hour at most")
  void revokedKeyInMemoryBlocksNoDeletionForever(TestInfo test) {
    // Given
    var clock = new LeapingClock();
    world.stopOperator();
    world.startOperator(clock, TestedOperator.NO_FAULT);
    world.connectBackend();
    world.applyChatbot("support");
    var id = world.awaitId("support");
    world.backend().refuseKey(Backend.API_KEY);
    world.kubernetes().secrets().inNamespace(world.namespace()).withName("okchat").delete();

    // When
    world.chatbots("support").delete();
    awaitMessage("support", "The Secret okchat does not exist");
    clock.leap(Duration.ofHours(1));
    annotate(world, "support", "okchat.ai/reconcile-requested-at", "now");
    world.awaitGone("support");

    // Then
    assertThat(world.receipts()).extracting(receipt -> receipt.getData().get("id")).contains(id);
    FaultReport.record(test, 1, "Chatbots 0, receipts 1");
  }

  @Test
  @DisplayName("T59: a finalizer that another client removed is added again to a backend in use")
  void addsFinalizerOfABackendInUseAgain(TestInfo test) {
    // Given
    world.connectBackend();
    world.applyChatbot("support");
    world.awaitReady("support");

    // When
    world
        .kubernetes()
        .resources(ChatbotBackend.class)
        .inNamespace(world.namespace())
        .withName("default")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\": {\"finalizers\": null}}");

    // Then
    await("the finalizer", () -> !world.backendObject().getMetadata().getFinalizers().isEmpty());
    FaultReport.record(test, 1, "finalizers 1");
  }

  @Test
  @DisplayName("T85: a request to reconcile and an edit of a policy do not clear reported drift")
  void requestAndPolicyEditKeepReportedDrift(TestInfo test) {
    // Given
    world.connectBackend();
    world.applyChatbot("support", "greeting: Hello", "driftPolicy: Report");
    var id = world.awaitId("support");
    world.backend().changeInDashboard(id, Map.of("settings", Map.of("greeting", "By hand")));
    awaitDrift();
    world.backend().clearJournal();

    // When
    annotate(world, "support", "okchat.ai/reconcile-requested-at", "now");
    world.awaitPolls(2);
    world.applyChatbot(
        "support", "greeting: Hello", "driftPolicy: Report", "deletionPolicy: Orphan");
    world.awaitReady("support");
    world.awaitPolls(2);

    // Then
    awaitDrift();
    assertThat(world.backend().bot(id).at("/settings/greeting").asText()).isEqualTo("By hand");
    assertThat(world.backend().endpoints()).doesNotContain("update-chatbot");
    FaultReport.record(test, 2, "writes 0");
  }

  @Test
  @DisplayName("T54: a claim with a time in the future delays a create by a minute at most")
  void boundsDelayOfAClaimInTheFuture(TestInfo test) {
    // Given
    world.connectBackend();
    var tomorrow = Instant.now().plus(Duration.ofDays(1));

    // When
    world.apply(
        """
        apiVersion: okchat.ai/v1alpha1
        kind: Chatbot
        metadata:
          name: support
          annotations: {okchat.ai/slug: support, okchat.ai/claim: "x@%s"}
        spec: {name: Support, prompt: You help., slug: support}
        """
            .formatted(tomorrow));

    // Then
    world.await(
        "support",
        chatbot -> {
          var annotations = chatbot.getMetadata().getAnnotations();
          var claim = annotations.getOrDefault("okchat.ai/claim", "x@" + tomorrow);
          return Instant.parse(claim.substring(claim.indexOf('@') + 1)).isBefore(tomorrow);
        });
    world.awaitReady("support");
    FaultReport.record(test, 1, "bots 1");
  }

  @Test
  @DisplayName(
      "T89: an ID that is too long for the status is an unexpected response, after one request")
  void reportsTooLongIdAsUnexpectedResponse(TestInfo test) {
    // Given
    world.connectBackend();
    var body =
        "{\"chatbot\": {\"id\": \"%s\", \"slug\": \"support\", \"settings\": {}}}"
            .formatted("i".repeat(300));

    // When
    world
        .backend()
        .fault("create-chatbot", "status", Map.of("status", 201, "times", 1, "body", body));
    world.applyChatbot("support", "slug: support");
    var failed =
        world.await(
            "support",
            chatbot ->
                chatbot.getStatus() != null
                    && Set.of(Reason.UnexpectedResponse.name(), Reason.WaitingForBackend.name())
                        .contains(
                            Conditions.find(chatbot.getStatus().conditions(), ConditionType.Ready)
                                .map(condition -> condition.getReason())
                                .orElse("")));
    world.awaitPolls(2);

    // Then
    assertThat(failed.getStatus().id()).isNull();
    assertThat(world.backend().count("create-chatbot")).isEqualTo(1);
    FaultReport.record(test, 1, "creates 1");
  }

  private void awaitMessage(String name, String part) {
    world.await(
        name,
        chatbot ->
            OperatorFixture.condition(chatbot, ConditionType.Ready).getMessage().contains(part));
  }

  private void awaitDrift() {
    world.await(
        "support",
        chatbot ->
            Conditions.isTrue(chatbot.getStatus().conditions(), ConditionType.DriftDetected));
  }

  /** The list may lag behind a young claim. */
  private void makeOld(String name) {
    var uid = world.chatbot(name).getMetadata().getUid();
    annotate(world, name, "okchat.ai/claim", uid + "@2020-01-01T00:00:00Z");
    world.stopOperator();
    world.startOperator();
    world.awaitPolls(2);
  }

  private JsonNode createByHand(String slug) {
    return world
        .backend()
        .createInDashboard(
            Map.of(
                "name",
                "By hand",
                "slug",
                slug,
                "organization",
                "ours",
                "settings",
                Map.of("prompt", "By hand.")));
  }

  private static void annotate(
      OperatorFixture where, String name, String annotation, String value) {
    where
        .chatbots(name)
        .edit(
            chatbot -> {
              chatbot.getMetadata().getAnnotations().put(annotation, value);
              return chatbot;
            });
  }

  private static void patchStatus(OperatorFixture where, String name, ChatbotStatus status) {
    where
        .chatbots(name)
        .editStatus(
            chatbot -> {
              chatbot.setStatus(status);
              return chatbot;
            });
  }

  /** Restores the Chatbot as a backup does: spec and annotations, under a new UID. */
  private static void restore(OperatorFixture where, Chatbot original, String spec) {
    where.apply(
        """
        apiVersion: okchat.ai/v1alpha1
        kind: Chatbot
        metadata:
          name: support
          annotations: %s
        spec: {name: Bot support, prompt: You help., %s}
        """
            .formatted(Serialization.asJson(original.getMetadata().getAnnotations()), spec));
  }

  private static List<String> reasons(OperatorFixture where, String name) {
    return where.events(name).stream().map(Event::getReason).toList();
  }

  private static String id(JsonNode bot) {
    return Objects.requireNonNull(bot.path("id").asText());
  }

  private static void await(String what, BooleanSupplier condition) {
    Awaitility.await(what)
        .atMost(OperatorFixture.PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(condition::getAsBoolean);
  }
}
