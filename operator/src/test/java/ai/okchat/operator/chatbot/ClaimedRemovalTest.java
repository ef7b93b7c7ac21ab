package ai.okchat.operator.chatbot;

import static ai.okchat.operator.chatbot.Manifest.DERIVED_SLUG;
import static ai.okchat.operator.chatbot.Manifest.UID;
import static ai.okchat.operator.chatbot.Manifest.annotated;
import static ai.okchat.operator.chatbot.Manifest.chatbot;
import static ai.okchat.operator.chatbot.Manifest.withStatus;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.operator.chatbot.BotRemoval.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** T1, T2, T12: removing a bot whose id was never recorded. */
class ClaimedRemovalTest {
  private final Scene scene = new Scene();

  @AfterEach
  void end() {
    scene.close();
  }

  @Test
  void t1FindsUnrecordedBotByItsClaim() {
    // Given
    var other = made("other");
    var id = made(DERIVED_SLUG);
    var chatbot = claimed(DERIVED_SLUG, UID);
    scene.clock.passSeconds(60);

    // When
    var verdict = advance(chatbot);

    // Then
    assertThat(verdict).isEqualTo(new Verdict.Release(Optional.of(id)));
    assertThat(ids()).containsExactly(other);
  }

  @Test
  void t12KeepsBotWithUncertainOwner() {
    // Given
    var foreign = made("team-b-sales-99999999");
    var chatbot = claimed("team-b-sales-99999999", "another-uid");
    scene.clock.passSeconds(60);

    // When
    var verdict = advance(chatbot);

    // Then
    assertThat(verdict).isEqualTo(new Verdict.Release(Optional.empty()));
    assertThat(ids()).containsExactly(foreign);
    assertThat(scene.backend.count("delete-chatbot")).isZero();
  }

  @Test
  void t12KeepsBotOfAnotherObjectWithAnyAnnotations() {
    // Given
    var id = made("sales");
    var holder = withStatus(chatbot("slug: sales"), scene.recorded(id));
    holder.getMetadata().setUid("uid-of-the-holder");
    holder.getMetadata().setName("sales");
    scene.cached.add(holder);
    var chatbot = claimed("sales", UID);
    scene.clock.passSeconds(60);

    // When
    var verdict = advance(chatbot);

    // Then
    assertThat(verdict).isEqualTo(new Verdict.Release(Optional.empty()));
    assertThat(ids()).containsExactly(id);
  }

  @Test
  void t12KeepsItEvenIfAdoptionIsAllowed() {
    // Given
    var foreign = made("sales");
    var chatbot =
        annotated(
            chatbot("adoption: BySlug"),
            new Claim("sales", "another-uid", scene.clock.instant()).annotations());
    scene.clock.passSeconds(60);

    // When
    var verdict = advance(chatbot);

    // Then
    assertThat(verdict).isEqualTo(new Verdict.Release(Optional.empty()));
    assertThat(ids()).containsExactly(foreign);
  }

  @Test
  void t2WaitsForACreateWithALostResponse() {
    // Given
    made("other");
    var chatbot = claimed(DERIVED_SLUG, UID);
    scene.clock.passSeconds(10);

    // When
    var verdict = advance(chatbot);

    // Then
    assertThat(verdict)
        .isEqualTo(new Verdict.Wait(OwnershipFailures.awaitingCreate(Duration.ofSeconds(20))));
  }

  @Test
  void t2DeletesBotThatAppearsLate() {
    // Given
    made("other");
    scene.backend.flip("listLagMillis", 100);
    var chatbot = claimed(DERIVED_SLUG, UID);
    var first = advance(chatbot);
    scene.backend.flip("listLagMillis", 0);
    var id = made(DERIVED_SLUG);
    scene.clock.passSeconds(31);

    // When
    var verdict = advance(chatbot);

    // Then
    assertThat(first).isInstanceOf(Verdict.Wait.class);
    assertThat(verdict).isEqualTo(new Verdict.Release(Optional.of(id)));
  }

  @Test
  void oneEmptyListDoesNotRemoveTheFinalizer() {
    // Given
    var claim = new Claim(DERIVED_SLUG, UID, scene.clock.instant());
    var connection = scene.connection();
    var chatbot =
        withStatus(
            claimed(DERIVED_SLUG, UID),
            ChatbotStatusFactory.withClaim(
                chatbot(""), claim.sentTo(connection.account()), connection.origin()));
    scene.clock.passSeconds(60);

    // When
    var first = advance(chatbot);
    scene.poll();
    var second = advance(chatbot);

    // Then
    assertThat(first).isEqualTo(new Verdict.Wait(OwnershipFailures.awaitingCreate(Scene.POLL)));
    assertThat(second).isEqualTo(new Verdict.Release(Optional.empty()));
  }

  @Test
  void writesReceiptWhenTheRecordOfTheAccountIsLost() {
    // Given
    var chatbot = claimed(DERIVED_SLUG, UID);
    scene.clock.passSeconds(60);

    // When
    var first = advance(chatbot);
    scene.poll();
    var second = advance(chatbot);

    // Then
    assertThat(first).isEqualTo(new Verdict.Wait(OwnershipFailures.awaitingCreate(Scene.POLL)));
    assertThat(second)
        .isEqualTo(
            new Verdict.Orphan(
                "The account of the backend has no bot with the slug team-a-support-0a1b2c3d, and"
                    + " the record of the account that its create was sent to was lost.",
                "Found no bot with the slug team-a-support-0a1b2c3d. The record of its account was"
                    + " lost, so the ConfigMap %s describes how to delete it in another account."));
  }

  private Verdict advance(Chatbot chatbot) {
    chatbot.getMetadata().setDeletionTimestamp(scene.clock.instant().toString());
    return scene.removal().advance(chatbot, scene.resolution());
  }

  private String made(String slug) {
    var bot = Map.of("name", "By hand", "slug", slug, "organization", "ours");
    return scene.backend.createInDashboard(bot).path("id").asText();
  }

  private List<String> ids() {
    return scene.backend.bots().stream().map(bot -> bot.path("id").asText()).toList();
  }

  private Chatbot claimed(String slug, String uid) {
    return annotated(chatbot(""), new Claim(slug, uid, scene.clock.instant()).annotations());
  }
}
