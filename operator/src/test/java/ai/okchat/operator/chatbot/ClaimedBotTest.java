package ai.okchat.operator.chatbot;

import static ai.okchat.operator.chatbot.Manifest.DERIVED_SLUG;
import static ai.okchat.operator.chatbot.Manifest.UID;
import static ai.okchat.operator.chatbot.Manifest.annotated;
import static ai.okchat.operator.chatbot.Manifest.chatbot;
import static ai.okchat.operator.chatbot.Manifest.withStatus;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.client.Bot;
import ai.okchat.client.FailureKind;
import ai.okchat.client.OkChatException;
import ai.okchat.operator.chatbot.BotOwnership.Basis;
import ai.okchat.operator.chatbot.Observation.Absent;
import ai.okchat.operator.chatbot.Observation.Blocked;
import ai.okchat.operator.chatbot.Observation.Conflict;
import ai.okchat.operator.chatbot.Observation.Present;
import ai.okchat.operator.chatbot.Observation.Unresolved;
import ai.okchat.operator.testing.MovingClock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** T2, T6, T12, T14, B6: an object that claimed a slug and has no id. */
class ClaimedBotTest {
  private final Scene scene = new Scene();

  @AfterEach
  void end() {
    scene.close();
  }

  @Test
  void t12CopiedAnnotationsGiveNoBot() {
    // Given
    made("team-b-sales-99999999");
    var copied = claimed("team-b-sales-99999999", "another-uid");

    // When
    var observation = scene.observe(copied);

    // Then
    assertThat(observation)
        .isEqualTo(new Conflict(OwnershipFailures.slugTaken("team-b-sales-99999999")));
  }

  @Test
  void t6ObjectRestoredWithoutStatusFindsItsBot() {
    // Given
    var id = made("team-a-support-99999999");
    var restored = claimed("team-a-support-99999999", "an-old-uid");

    // When
    var observation = scene.observe(restored);

    // Then
    assertThat(observation).isEqualTo(new Present(inventoried(id), Basis.RESTORED));
  }

  @Test
  void t2SearchesBotBeforeAnotherCreateAfterALostResponse() {
    // Given
    scene.poll();
    var chatbot = claimed(DERIVED_SLUG, UID);
    scene.clock.passSeconds(10);

    // When
    var withinGrace = scene.observe(chatbot);

    // Then
    assertThat(withinGrace)
        .isEqualTo(
            new Unresolved(
                Claim.recordedOn(chatbot).orElseThrow(),
                OwnershipFailures.awaitingCreate(Duration.ofSeconds(20))));
  }

  @Test
  void t2OwnsBotThatAppearsInTime() {
    // Given
    scene.poll();
    var chatbot = claimed(DERIVED_SLUG, UID);
    var id = made(DERIVED_SLUG);
    scene.clock.passSeconds(31);

    // When
    var observation = scene.observe(chatbot);

    // Then
    assertThat(observation).isEqualTo(new Present(inventoried(id), Basis.CLAIM));
  }

  @Test
  void t2CreatesAgainWhenTheBotDoesNotAppear() {
    // Given
    made("another");
    scene.poll();
    var chatbot = claimed(DERIVED_SLUG, UID);
    scene.clock.passSeconds(31);

    // When
    var observation = scene.observe(chatbot);

    // Then
    assertThat(observation).isEqualTo(new Absent(Claim.by(chatbot, scene.clock.instant())));
  }

  @Test
  void t2FailedListAtTheEndOfTheWaitIsInconclusive() {
    // Given
    made("another");
    scene.poll();
    var chatbot = claimed(DERIVED_SLUG, UID);
    scene.clock.passSeconds(31);
    scene.backend.fault("list-chatbots", "status", Map.of("status", 500));

    // When
    var rejection = failure(chatbot);

    // Then
    assertThat(rejection.kind()).isEqualTo(FailureKind.UNAVAILABLE);
  }

  @Test
  void b6BlocksEditOfTheSlugAfterTheClaim() {
    // Given
    var chatbot =
        annotated(chatbot("slug: new"), new Claim("old", UID, MovingClock.START).annotations());

    // When
    var observation = scene.observe(chatbot);

    // Then
    assertThat(observation).isEqualTo(new Blocked(OwnershipFailures.slugChanged("old")));
  }

  @Test
  void t14OlderOfTwoObjectsGetsTheSlug() {
    // Given
    var older = rival("older", "2026-03-01T06:00:00Z");
    var younger = chatbot("slug: support");
    scene.cached.add(older);
    scene.cached.add(younger);

    // When
    var ofYounger = scene.observe(younger);
    var ofOlder = scene.observe(older);

    // Then
    assertThat(ofYounger)
        .isEqualTo(new Conflict(OwnershipFailures.slugConflict("support", older, younger)));
    assertThat(ofOlder).isInstanceOf(Absent.class);
  }

  @Test
  void t14OwnerOfTheBotKeepsTheSlugAtAnyAge() {
    // Given
    var holder = withStatus(rival("holder", "2026-03-01T07:30:00Z"), scene.recorded("bot-1"));
    var older = chatbot("slug: support");
    scene.cached.add(holder);
    scene.cached.add(older);

    // When
    var observation = scene.observe(older);

    // Then
    assertThat(observation)
        .isEqualTo(new Conflict(OwnershipFailures.slugConflict("support", holder, older)));
  }

  @Test
  void t14ClaimantPrecedesOlderObjectWithoutClaim() {
    // Given
    var younger = rival("younger", "2026-03-01T07:30:00Z");
    var claim = new Claim("support", younger.getMetadata().getUid(), scene.clock.instant());
    scene.cached.add(annotated(younger, claim.annotations()));
    var older = chatbot("slug: support");
    scene.cached.add(older);

    // When
    var observation = scene.observe(older);

    // Then
    assertThat(observation)
        .isEqualTo(new Conflict(OwnershipFailures.slugConflict("support", younger, older)));
  }

  private String made(String slug) {
    var bot = Map.of("name", "By hand", "slug", slug, "organization", "ours");
    return scene.backend.createInDashboard(bot).path("id").asText();
  }

  private Bot inventoried(String id) {
    return scene.connection().account().inventory().bot(id).orElseThrow();
  }

  private Chatbot claimed(String slug, String uid) {
    return annotated(chatbot(""), new Claim(slug, uid, scene.clock.instant()).annotations());
  }

  private static Chatbot rival(String name, String created) {
    var rival = chatbot("slug: support");
    rival.getMetadata().setName(name);
    rival.getMetadata().setUid("uid-of-" + name);
    rival.getMetadata().setCreationTimestamp(created);
    return rival;
  }

  private OkChatException failure(Chatbot chatbot) {
    return assertThatExceptionOfType(OkChatException.class)
        .isThrownBy(() -> scene.observe(chatbot))
        .actual();
  }
}
