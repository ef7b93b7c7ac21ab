package ai.okchat.operator.chatbot;

import static ai.okchat.operator.chatbot.Manifest.DERIVED_SLUG;
import static ai.okchat.operator.chatbot.Manifest.UID;
import static ai.okchat.operator.chatbot.Manifest.annotated;
import static ai.okchat.operator.chatbot.Manifest.chatbot;
import static ai.okchat.operator.chatbot.Manifest.withStatus;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.client.Bot;
import ai.okchat.operator.chatbot.BotOwnership.Basis;
import ai.okchat.operator.chatbot.Observation.Absent;
import ai.okchat.operator.chatbot.Observation.Blocked;
import ai.okchat.operator.chatbot.Observation.Conflict;
import ai.okchat.operator.chatbot.Observation.Gone;
import ai.okchat.operator.chatbot.Observation.Present;
import ai.okchat.operator.chatbot.Observation.Unknown;
import ai.okchat.operator.testing.MovingClock;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * T2, T5, T6, T7, T12, T14: observations that are conclusive about a bot, and those that are not.
 */
class BotObserverTest {
  private final Scene scene = new Scene();

  @AfterEach
  void end() {
    scene.close();
  }

  @Test
  void failedListDoesNotChangeASyncedBot() {
    // Given
    scene.backend.fault("list-chatbots", "status", Map.of("status", 503));
    var chatbot = withStatus(chatbot(""), scene.recorded("bot-1"));

    // When
    var observation = scene.observer().observe(chatbot, scene.connection(), true);

    // Then
    assertThat(observation).isEqualTo(new Unknown(Scene.POLL));
  }

  @Test
  void createsBotOfANewObjectUnderItsClaim() {
    // When
    var observation = scene.observe(chatbot(""));

    // Then
    assertThat(observation).isEqualTo(new Absent(new Claim(DERIVED_SLUG, UID, MovingClock.START)));
    assertThat(scene.backend.endpoints()).isEmpty();
  }

  @Test
  void findsRecordedBotInTheListWithoutAnotherRequest() {
    // Given
    var id = made("support");
    var chatbot = withStatus(chatbot(""), scene.recorded(id));

    // When
    var observation = scene.observe(chatbot);

    // Then
    assertThat(observation).isEqualTo(new Present(inventoried(id), Basis.ID));
    assertThat(scene.backend.endpoints()).isEmpty();
  }

  @Test
  void t4ReadsRecordedBotByIdWhenTheListLacksIt() {
    // Given
    made("another");
    scene.poll();
    var id = made("support");

    // When
    var observation = scene.observe(withStatus(chatbot(""), scene.recorded(id)));

    // Then
    assertThat(observation).isInstanceOf(Present.class);
    assertThat(scene.backend.endpoints()).containsExactly("get-chatbot");
  }

  @Test
  void t7BotDeletedByHandIsAbsentAfterTwoLists() {
    // Given
    made("another");
    var id = made("support");
    var chatbot = withStatus(chatbot(""), scene.recorded(id));
    scene.poll();
    scene.backend.deleteInDashboard(id);
    scene.poll();

    // When
    var afterOne = scene.observe(chatbot);
    scene.poll();
    var afterTwo = scene.observe(chatbot);

    // Then
    assertThat(afterOne).isEqualTo(new Blocked(OwnershipFailures.awaitingVisibility(Scene.POLL)));
    assertThat(afterTwo).isEqualTo(new Gone(id));
  }

  @Test
  void t7KeepsConditionsOfASyncedObjectMeanwhile() {
    // Given
    made("another");
    var id = made("support");
    var chatbot = withStatus(chatbot(""), scene.recorded(id));
    scene.poll();
    scene.backend.deleteInDashboard(id);
    scene.poll();

    // When
    var observation = scene.observer().observe(chatbot, scene.connection(), true);

    // Then
    assertThat(observation).isEqualTo(new Unknown(Scene.POLL));
  }

  @Test
  void t7DoesNotRecreateBotWhenDriftIsOnlyReported() {
    // Given
    made("another");
    var id = made("support");
    var chatbot = withStatus(chatbot("driftPolicy: Report"), scene.recorded(id));
    scene.poll();
    scene.backend.deleteInDashboard(id);
    scene.poll();
    scene.observe(chatbot);
    scene.poll();

    // When
    var observation = scene.observe(chatbot);

    // Then
    assertThat(observation).isEqualTo(new Blocked(OwnershipFailures.botMissing(id)));
  }

  @Test
  void blocksRecreationInAnEmptyAccountUntilApproved() {
    // Given
    var id = "11111111-1111-4111-8111-111111111111";
    var chatbot = withStatus(chatbot(""), scene.recorded(id));
    scene.poll();
    var held = scene.observe(chatbot);
    scene.poll();

    // When
    annotated(chatbot, Map.of(RecreateApproval.ANNOTATION, id));
    scene.observe(chatbot);
    scene.poll();
    var approved = scene.observe(chatbot);

    // Then
    assertThat(held).isEqualTo(new Blocked(OwnershipFailures.accountUnverified(id)));
    assertThat(approved).isEqualTo(new Gone(id));
  }

  @Test
  void blocksAllChangesForAnotherOrganization() {
    // Given
    made("another");
    var status =
        scene.recorded(
            "11111111-1111-4111-8111-111111111111",
            "support",
            "22222222-2222-4222-8222-222222222222");
    var chatbot = withStatus(chatbot(""), status);

    // When
    var observation = scene.observe(chatbot);

    // Then
    assertThat(observation).isEqualTo(new Blocked(OwnershipFailures.accountChanged(status)));
    assertThat(scene.backend.endpoints()).isEmpty();
  }

  @Test
  void t12DoesNotChangeABotOfAnotherOwnerWithTheSlug() {
    // Given
    var foreign = made("support");
    var before = scene.backend.bot(foreign);

    // When
    var observation = scene.observe(chatbot("slug: support"));

    // Then
    assertThat(observation).isEqualTo(new Conflict(OwnershipFailures.slugTaken("support")));
    assertThat(scene.backend.bot(foreign)).isEqualTo(before);
    assertThat(scene.backend.endpoints()).isEmpty();
  }

  @Test
  void t12DetectsABotOfAnotherOwnerSinceTheLastList() {
    // Given
    scene.poll();
    made("support");
    scene.clock.passSeconds(1);

    // When
    var observation = scene.observe(chatbot("slug: support"));

    // Then
    assertThat(observation).isEqualTo(new Conflict(OwnershipFailures.slugTaken("support")));
  }

  @Test
  @DisplayName("T83: many new Chatbots with a slug share one list")
  void looksUpTheSlugsOfManyChatbotsInOneList() {
    // Given
    scene.poll();
    made("support-7");
    var chatbots =
        IntStream.range(0, 50)
            .mapToObj(number -> chatbot("slug: support-%d".formatted(number)))
            .toList();
    var lists = scene.backend.count("list-chatbots");

    // When
    var first = chatbots.stream().map(scene::observe).toList();
    scene.clock.passSeconds(1);
    var second = chatbots.stream().map(scene::observe).toList();

    // Then
    assertThat(first).containsOnly(new Unknown(Duration.ofSeconds(1)));
    assertThat(second.get(7)).isEqualTo(new Conflict(OwnershipFailures.slugTaken("support-7")));
    assertThat(second).filteredOn(Absent.class::isInstance).hasSize(49);
    assertThat(scene.backend.count("list-chatbots") - lists).isEqualTo(1);
  }

  @Test
  void adoptsBotWhenTheSpecSaysSo() {
    // Given
    var id = made("support");

    // When
    var observation = scene.observe(chatbot("{slug: support, adoption: BySlug}"));

    // Then
    assertThat(observation).isEqualTo(new Present(inventoried(id), Basis.ADOPTED));
  }

  private String made(String slug) {
    var bot = Map.of("name", "By hand", "slug", slug, "organization", "ours");
    return scene.backend.createInDashboard(bot).path("id").asText();
  }

  private Bot inventoried(String id) {
    return scene.connection().account().inventory().bot(id).orElseThrow();
  }
}
