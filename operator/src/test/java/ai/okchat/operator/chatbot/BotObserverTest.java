package ai.okchat.operator.chatbot;

import static ai.okchat.operator.chatbot.Manifest.DERIVED_SLUG;
import static ai.okchat.operator.chatbot.Manifest.UID;
import static ai.okchat.operator.chatbot.Manifest.annotated;
import static ai.okchat.operator.chatbot.Manifest.chatbot;
import static ai.okchat.operator.chatbot.Manifest.withStatus;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.chatbot.BotOwnership.Basis;
import ai.okchat.operator.chatbot.Observation.Absent;
import ai.okchat.operator.chatbot.Observation.Blocked;
import ai.okchat.operator.chatbot.Observation.Conflict;
import ai.okchat.operator.chatbot.Observation.Gone;
import ai.okchat.operator.chatbot.Observation.Present;
import ai.okchat.operator.chatbot.Observation.Unknown;
import ai.okchat.operator.okchat.Bot;
import ai.okchat.operator.testing.MovingClock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** T2, T5, T6, T7, T12, T14: what is taken for an answer about a bot, and what is not. */
class BotObserverTest {
  private final Scene scene = new Scene();

  @AfterEach
  void end() {
    scene.close();
  }

  @Test
  void a_settled_bot_is_not_disturbed_by_a_list_that_fails() {
    // Given
    scene.backend.fault("list-chatbots", "status", Map.of("status", 503));
    var chatbot = withStatus(chatbot(""), scene.recorded("bot-1"));

    // When
    var observation = scene.observer().observe(chatbot, scene.connection(), true);

    // Then
    assertThat(observation).isEqualTo(new Unknown(Scene.POLL));
  }

  @Test
  void a_new_object_without_a_bot_may_have_one_made_under_its_claim() {
    // When
    var observation = scene.observe(chatbot(""));

    // Then
    assertThat(observation).isEqualTo(new Absent(new Claim(DERIVED_SLUG, UID, MovingClock.START)));
    assertThat(scene.backend.endpoints()).isEmpty();
  }

  @Test
  void a_recorded_bot_is_found_in_the_list_without_a_call_of_its_own() {
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
  void t4_a_recorded_bot_that_the_list_lacks_is_asked_for_by_its_id() {
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
  void t7_a_bot_that_was_deleted_by_hand_is_absent_after_two_lists() {
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
    assertThat(afterOne).isEqualTo(new Blocked(OwnershipFailures.awaitingSight(Scene.POLL)));
    assertThat(afterTwo).isEqualTo(new Gone(id));
  }

  @Test
  void t7_where_it_was_in_sync_the_object_keeps_its_conditions_meanwhile() {
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
  void t7_where_drift_is_only_reported_a_deleted_bot_is_not_made_again() {
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
  void an_account_without_any_bot_may_be_another_one_until_a_person_says_no() {
    // Given
    var id = "11111111-1111-4111-8111-111111111111";
    var chatbot = withStatus(chatbot(""), scene.recorded(id));
    scene.poll();
    var held = scene.observe(chatbot);
    scene.poll();

    // When
    annotated(chatbot, Map.of(Approval.ANNOTATION, id));
    scene.observe(chatbot);
    scene.poll();
    var approved = scene.observe(chatbot);

    // Then
    assertThat(held).isEqualTo(new Blocked(OwnershipFailures.accountUnproved(id)));
    assertThat(approved).isEqualTo(new Gone(id));
  }

  @Test
  void another_organization_behind_the_key_stops_everything() {
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
  void t12_a_foreign_bot_with_the_wanted_slug_is_left_alone() {
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
  void t12_a_foreign_bot_that_was_made_since_the_last_list_is_seen_too() {
    // Given
    scene.poll();
    made("support");

    // When
    var observation = scene.observe(chatbot("slug: support"));

    // Then
    assertThat(observation).isEqualTo(new Conflict(OwnershipFailures.slugTaken("support")));
  }

  @Test
  void where_the_spec_says_so_it_is_taken_over() {
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
