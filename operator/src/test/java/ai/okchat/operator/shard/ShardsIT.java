package ai.okchat.operator.shard;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.backend.BackendFinalizer;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.OperatorFixture;
import ai.okchat.operator.testing.TestedOperator;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * An operator of the shard {@code north} beside the one that serves what has no label: in one
 * namespace, on one account.
 */
@SuppressWarnings("NullAway.Init") // Started before each test.
final class ShardsIT {

  private static final Shard NORTH = Shard.named("north");

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  private TestedOperator north;

  @BeforeEach
  void startNorth() {
    world.connectBackend();
    startNorth(Clock.systemUTC());
  }

  private void startNorth(Clock clock) {
    north =
        TestedOperator.start(
            TestedOperator.ofShard(NORTH, world.namespace()),
            world.userAgent(),
            clock,
            TestedOperator.NO_FAULT);
  }

  @AfterEach
  void stopNorth() {
    north.close();
  }

  @Test
  void objectWaitsForItsAbsentOperator() {
    // Given
    north.close();
    world.applyChatbot("ours");
    world.applyChatbotTo("north", "theirs");

    // When
    world.awaitReady("ours");
    world.awaitPolls(2);

    // Then
    assertThat(world.chatbot("theirs").getStatus().conditions()).isEmpty();
    assertThat(world.backend().bots()).hasSize(1);
    startNorth();
    world.awaitReady("theirs");
    assertThat(world.backend().bots()).hasSize(2);
  }

  @Test
  void chatbotThatMovesKeepsItsBot() {
    // Given
    world.applyChatbot("support");
    var id = world.awaitId("support");

    // When
    move(world.chatbot("support"));
    world.applyChatbot("support", "greeting: Hello from the north.");

    // Then
    assertThat(world.awaitId("support")).isEqualTo(id);
    assertThat(world.backend().bot(id).at("/settings/greeting").asText())
        .isEqualTo("Hello from the north.");
    assertThat(world.backend().count("create-chatbot")).isEqualTo(1);
    assertThat(world.backend().count("delete-chatbot")).isZero();
    assertThat(world.chatbot("support").hasFinalizer(BackendFinalizer.FINALIZER)).isTrue();
  }

  @Test
  void doesNotAdoptBotOfAnotherShard() {
    // Given
    world.applyChatbot("support", "slug: support-of-all");
    var id = world.awaitId("support");

    // When
    world.applyChatbotTo("north", "copy", "slug: support-of-all", "adoption: BySlug");

    // Then
    var refused = world.awaitReason("copy", Reason.SlugConflict);
    assertThat(OperatorFixture.condition(refused, ConditionType.Ready).getMessage())
        .startsWith(
            "The slug support-of-all belongs to the Chatbot %s/support."
                .formatted(world.namespace()));
    world.chatbots("copy").delete();
    world.awaitGone("copy");
    assertThat(world.backend().bots()).hasSize(1);
    assertThat(world.awaitId("support")).isEqualTo(id);
  }

  @Test
  void copiedAnnotationsGiveNothingToAnotherShard() {
    // Given
    world.applyChatbotTo("north", "support");
    var id = world.awaitId("support");
    var annotations = world.chatbot("support").getMetadata().getAnnotations();

    // When
    world.apply(
        """
        apiVersion: okchat.ai/v1alpha1
        kind: Chatbot
        metadata:
          name: copy
          annotations: {okchat.ai/slug: "%s", okchat.ai/claim: "%s"}
        spec: {name: Copy, prompt: You help.}
        """
            .formatted(annotations.get("okchat.ai/slug"), annotations.get("okchat.ai/claim")));
    world.awaitReason("copy", Reason.SlugConflict);
    world.chatbots("copy").delete();
    world.awaitGone("copy");

    // Then
    assertThat(world.backend().bots()).hasSize(1);
    assertThat(world.awaitId("support")).isEqualTo(id);
  }

  @Test
  void oneOfTwoConcurrentChatbotsGetsTheSlug() {
    // When
    for (var pair = 0; pair < 5; pair++) {
      world.applyChatbot("ours-" + pair, "slug: pair-" + pair, "adoption: BySlug");
      world.applyChatbotTo("north", "theirs-" + pair, "slug: pair-" + pair, "adoption: BySlug");
    }

    // Then
    for (var pair = 0; pair < 5; pair++) {
      var names = List.of("ours-" + pair, "theirs-" + pair);
      Awaitility.await("pair " + pair)
          .atMost(OperatorFixture.PATIENCE)
          .until(() -> names.stream().map(world::chatbot).allMatch(ShardsIT::isDecided));
      assertThat(names.stream().map(world::chatbot).filter(OperatorFixture::isReady)).hasSize(1);
    }
    assertThat(world.backend().bots()).hasSize(5);
  }

  @Test
  void keepsBackendThatAnotherShardUses() {
    // Given
    world.applyChatbotTo("north", "support");
    world.awaitReady("support");
    world.awaitBackendReason(Reason.Ready);

    // When
    world.kubernetes().resource(world.backendObject()).delete();

    // Then
    world.awaitBackendReason(Reason.InUse);
    world.chatbots("support").delete();
    world.awaitGone("support");
    world.stopOperator(); // A start reconciles all, as a minute later.
    world.startOperator();
    Awaitility.await("end of the backend object")
        .atMost(OperatorFixture.PATIENCE)
        .until(this::backendObjectIsGone);
    assertThat(world.backend().bots()).isEmpty();
  }

  @Test
  void onlyTheOperatorOfItsLabelReportsABackend() {
    // Given
    world.applyChatbotTo("north", "support");
    world.awaitReady("support");
    world.awaitBackendReason(Reason.Ready);
    move(world.backendObject());
    world.stopOperator();

    // When
    world.storeKey("a-wrong-key");

    // Then
    world.awaitBackendReason(Reason.CredentialsRejected);
    world.kubernetes().resource(world.backendObject()).delete();
    world.awaitBackendReason(Reason.InUse);
  }

  @Test
  void keepsDocumentsWhenTheChatbotMovesToAnotherShard() {
    // Given
    world.applyChatbot("support");
    var id = world.awaitId("support");
    world.apply(
        """
        apiVersion: okchat.ai/v1alpha1
        kind: KnowledgeSource
        metadata: {name: docs}
        spec:
          chatbotRef: {name: support}
          documents: [{name: hours, text: We are open.}, {name: prices, text: It is free.}]
        """);
    awaitSource(Reason.Ready);
    // For a minute after they were sent documents may be missing from lists.
    north.close();
    startNorth(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(2)));

    // When
    move(world.chatbot("support"));

    // Then
    assertThat(awaitSource(Reason.ReferenceNotPermitted))
        .isEqualTo(
            "The Chatbot support is served by another operator: it has okchat.ai/shard=north, and"
                + " this object no label okchat.ai/shard. Set the same label on both.");
    assertThat(world.backend().documents(id)).hasSize(2);
    world.kubernetes().resource(world.sources().getFirst()).delete();
    Awaitility.await("end of the KnowledgeSource")
        .atMost(OperatorFixture.PATIENCE)
        .until(() -> world.sources().isEmpty());
    assertThat(world.backend().documents(id)).isEmpty();
  }

  @Test
  void createsOneBotForEachOfManyInBothShards() {
    // When
    var ours = IntStream.range(0, 20).mapToObj(index -> "ours-" + index).toList();
    var theirs = IntStream.range(0, 20).mapToObj(index -> "theirs-" + index).toList();
    ours.forEach(world::applyChatbot);
    theirs.forEach(bot -> world.applyChatbotTo("north", bot));

    // Then
    var ids = Stream.concat(ours.stream(), theirs.stream()).map(world::awaitId).toList();
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(world.backend().bots()).hasSize(40);
    assertThat(world.backend().count("create-chatbot")).isEqualTo(40);
  }

  private void move(HasMetadata object) {
    world
        .kubernetes()
        .resource(object)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\": {\"labels\": {\"okchat.ai/shard\": \"north\"}}}");
  }

  /** Waits until the one KnowledgeSource has this reason, and returns its message. */
  private String awaitSource(Reason reason) {
    return Awaitility.await("KnowledgeSource " + reason)
        .atMost(OperatorFixture.PATIENCE)
        .until(() -> ready(world.sources().getFirst()), condition -> hasReason(condition, reason))
        .orElseThrow()
        .getMessage();
  }

  private static Optional<Condition> ready(KnowledgeSource source) {
    return Optional.ofNullable(source.getStatus())
        .flatMap(status -> Conditions.find(status.conditions(), ConditionType.Ready));
  }

  private static boolean hasReason(Optional<Condition> condition, Reason reason) {
    return condition.filter(ready -> reason.name().equals(ready.getReason())).isPresent();
  }

  private boolean backendObjectIsGone() {
    return world
        .kubernetes()
        .resources(ChatbotBackend.class)
        .inNamespace(world.namespace())
        .list()
        .getItems()
        .isEmpty();
  }

  private static boolean isDecided(Chatbot chatbot) {
    return OperatorFixture.isReady(chatbot)
        || (chatbot.getStatus() != null
            && Conditions.isTrue(chatbot.getStatus().conditions(), ConditionType.Stalled));
  }
}
