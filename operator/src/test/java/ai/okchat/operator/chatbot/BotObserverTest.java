package ai.okchat.operator.chatbot;

import static ai.okchat.operator.chatbot.Manifest.DERIVED_SLUG;
import static ai.okchat.operator.chatbot.Manifest.UID;
import static ai.okchat.operator.chatbot.Manifest.annotated;
import static ai.okchat.operator.chatbot.Manifest.chatbot;
import static ai.okchat.operator.chatbot.Manifest.recorded;
import static ai.okchat.operator.chatbot.Manifest.withStatus;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.operator.chatbot.Observation.Absent;
import ai.okchat.operator.chatbot.Observation.Bond;
import ai.okchat.operator.chatbot.Observation.Foreign;
import ai.okchat.operator.chatbot.Observation.Held;
import ai.okchat.operator.chatbot.Observation.Present;
import ai.okchat.operator.chatbot.Observation.Unseen;
import ai.okchat.operator.okchat.Bot;
import ai.okchat.operator.okchat.FailureKind;
import ai.okchat.operator.okchat.OkChatException;
import ai.okchat.operator.testing.MovingClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** T2, T5, T6, T7, T12, T14: what is taken for an answer about a bot, and what is not. */
class BotObserverTest {
  private final Scene scene = new Scene();

  @AfterEach
  void end() {
    scene.close();
  }

  static Stream<Arguments> t5_failedReads() {
    return Stream.of(
        arguments("status", Map.of("status", 401), FailureKind.CREDENTIALS_REJECTED),
        arguments("status", Map.of("status", 403), FailureKind.CREDENTIALS_REJECTED),
        arguments("status", Map.of("status", 404), FailureKind.NOT_FOUND),
        arguments("status", Map.of("status", 429), FailureKind.RATE_LIMITED),
        arguments("status", Map.of("status", 500), FailureKind.UNAVAILABLE),
        arguments("status", Map.of("status", 503), FailureKind.UNAVAILABLE),
        arguments("html", Map.of(), FailureKind.UNEXPECTED_ANSWER),
        arguments("html", Map.of("status", 404), FailureKind.UNEXPECTED_ANSWER),
        arguments("garbage", Map.of(), FailureKind.UNEXPECTED_ANSWER),
        arguments("cut-before", Map.of(), FailureKind.UNAVAILABLE));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("t5_failedReads")
  void t5_a_first_list_that_fails_is_never_an_absence(
      String kind, Map<String, Object> more, FailureKind expected) {
    // Given
    scene.backend.fault("list-chatbots", kind, more);

    // When
    var refusal = failure(chatbot(""));

    // Then
    assertThat(refusal.kind()).isEqualTo(expected);
    assertThat(scene.backend.count("create-chatbot")).isZero();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("t5_failedReads")
  void t5_a_look_for_a_recorded_bot_that_fails_is_never_an_absence(
      String kind, Map<String, Object> more, FailureKind expected) {
    // Given
    scene.backend.createInDashboard(Map.of("name", "Other", "slug", "other"));
    var chatbot = withStatus(chatbot(""), recorded("11111111-1111-4111-8111-111111111111"));
    scene.poll();
    scene.backend.fault("get-chatbot", kind, more);

    // When
    var lookedAt = answerOrFailure(chatbot);

    // Then
    if (expected == FailureKind.NOT_FOUND) {
      assertThat(lookedAt).isInstanceOf(Held.class); // Half of the proof: the list has to agree.
    } else {
      assertThat(lookedAt).isEqualTo(expected);
    }
  }

  @Test
  void a_settled_bot_is_not_disturbed_by_a_list_that_fails() {
    // Given
    scene.backend.fault("list-chatbots", "status", Map.of("status", 503));
    var chatbot = withStatus(chatbot(""), recorded("bot-1"));

    // When
    var observation = scene.observer().observe(chatbot, scene.connection(), true);

    // Then
    assertThat(observation).isEqualTo(new Unseen(Scene.POLL));
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
    var chatbot = withStatus(chatbot(""), recorded(id));

    // When
    var observation = scene.observe(chatbot);

    // Then
    assertThat(observation).isEqualTo(new Present(inventoried(id), Bond.RECORDED));
    assertThat(scene.backend.endpoints()).isEmpty();
  }

  @Test
  void t4_a_recorded_bot_that_the_list_lacks_is_asked_for_by_its_id() {
    // Given
    made("another");
    scene.poll();
    var id = made("support");

    // When
    var observation = scene.observe(withStatus(chatbot(""), recorded(id)));

    // Then
    assertThat(observation).isInstanceOf(Present.class);
    assertThat(scene.backend.endpoints()).containsExactly("get-chatbot");
  }

  @Test
  void t7_a_bot_that_was_deleted_by_hand_is_absent_after_two_lists() {
    // Given
    made("another");
    var id = made("support");
    var chatbot = withStatus(chatbot(""), recorded(id));
    scene.poll();
    scene.backend.deleteInDashboard(id);
    scene.poll();

    // When
    var afterOne = scene.observe(chatbot);
    scene.poll();
    var afterTwo = scene.observe(chatbot);

    // Then
    assertThat(afterOne).isEqualTo(new Held(Identity.awaitingSight(Scene.POLL)));
    assertThat(afterTwo).isEqualTo(new Absent(Claim.by(chatbot, scene.clock.instant())));
  }

  @Test
  void t7_where_it_was_in_sync_the_object_keeps_its_conditions_meanwhile() {
    // Given
    made("another");
    var id = made("support");
    var chatbot = withStatus(chatbot(""), recorded(id));
    scene.poll();
    scene.backend.deleteInDashboard(id);
    scene.poll();

    // When
    var observation = scene.observer().observe(chatbot, scene.connection(), true);

    // Then
    assertThat(observation).isEqualTo(new Unseen(Scene.POLL));
  }

  @Test
  void t7_where_drift_is_only_reported_a_deleted_bot_is_not_made_again() {
    // Given
    made("another");
    var id = made("support");
    var chatbot = withStatus(chatbot("driftPolicy: Report"), recorded(id));
    scene.poll();
    scene.backend.deleteInDashboard(id);
    scene.poll();
    scene.observe(chatbot);
    scene.poll();

    // When
    var observation = scene.observe(chatbot);

    // Then
    assertThat(observation).isEqualTo(new Held(Identity.botMissing(id)));
  }

  @Test
  void an_account_without_any_bot_may_be_another_one_until_a_person_says_no() {
    // Given
    var id = "11111111-1111-4111-8111-111111111111";
    var chatbot = withStatus(chatbot(""), recorded(id));
    scene.poll();
    var held = scene.observe(chatbot);
    scene.poll();

    // When
    annotated(chatbot, Map.of(Approval.ANNOTATION, id));
    scene.observe(chatbot);
    scene.poll();
    var approved = scene.observe(chatbot);

    // Then
    assertThat(held).isEqualTo(new Held(Identity.accountUnproved(id)));
    assertThat(approved).isInstanceOf(Absent.class);
  }

  @Test
  void another_organization_behind_the_key_stops_everything() {
    // Given
    made("another");
    var status =
        new ChatbotStatus(
            1L,
            List.of(),
            "11111111-1111-4111-8111-111111111111",
            "support",
            "22222222-2222-4222-8222-222222222222",
            null,
            null,
            null,
            null,
            List.of());
    var chatbot = withStatus(chatbot(""), status);

    // When
    var observation = scene.observe(chatbot);

    // Then
    assertThat(observation).isEqualTo(new Held(Identity.accountChanged(status)));
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
    assertThat(observation).isEqualTo(new Foreign(Identity.slugTaken("support")));
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
    assertThat(observation).isEqualTo(new Foreign(Identity.slugTaken("support")));
  }

  @Test
  void where_the_spec_says_so_it_is_taken_over() {
    // Given
    var id = made("support");

    // When
    var observation = scene.observe(chatbot("{slug: support, adoption: BySlug}"));

    // Then
    assertThat(observation).isEqualTo(new Present(inventoried(id), Bond.ADOPTED));
  }

  @Test
  void t12_annotations_that_were_copied_from_another_object_reach_nothing() {
    // Given
    made("team-b-sales-99999999");
    var copied = claimed("team-b-sales-99999999", "another-uid");

    // When
    var observation = scene.observe(copied);

    // Then
    assertThat(observation).isEqualTo(new Foreign(Identity.slugTaken("team-b-sales-99999999")));
  }

  @Test
  void t6_an_object_that_was_restored_without_its_status_finds_its_bot() {
    // Given
    var id = made("team-a-support-99999999");
    var restored = claimed("team-a-support-99999999", "an-old-uid");

    // When
    var observation = scene.observe(restored);

    // Then
    assertThat(observation).isEqualTo(new Present(inventoried(id), Bond.CLAIMED));
  }

  @Test
  void t2_after_a_lost_answer_the_bot_is_looked_for_before_another_is_asked_for() {
    // Given
    scene.poll();
    var chatbot = claimed(DERIVED_SLUG, UID);
    scene.clock.passSeconds(10);

    // When
    var withinGrace = scene.observe(chatbot);

    // Then
    assertThat(withinGrace).isEqualTo(new Held(Identity.awaitingCreate(Duration.ofSeconds(20))));
  }

  @Test
  void t2_a_bot_that_turns_up_in_time_is_its_own() {
    // Given
    scene.poll();
    var chatbot = claimed(DERIVED_SLUG, UID);
    var id = made(DERIVED_SLUG);
    scene.clock.passSeconds(31);

    // When
    var observation = scene.observe(chatbot);

    // Then
    assertThat(observation).isEqualTo(new Present(inventoried(id), Bond.CLAIMED));
  }

  @Test
  void t2_one_that_does_not_turn_up_in_an_account_with_bots_was_never_made() {
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
  void t2_a_list_that_fails_at_the_end_of_the_grace_is_no_answer() {
    // Given
    made("another");
    scene.poll();
    var chatbot = claimed(DERIVED_SLUG, UID);
    scene.clock.passSeconds(31);
    scene.backend.fault("list-chatbots", "status", Map.of("status", 500));

    // When
    var refusal = failure(chatbot);

    // Then
    assertThat(refusal.kind()).isEqualTo(FailureKind.UNAVAILABLE);
  }

  @Test
  void a_refusal_that_certainly_made_nothing_may_be_tried_again_at_once() {
    // Given
    scene.poll();
    var chatbot = claimed(DERIVED_SLUG, UID);
    scene.attempts.failed(
        UID,
        OkChatException.failure(FailureKind.UNAVAILABLE, "create chatbot", "backend")
            .mayHaveBeenApplied(false)
            .build());

    // When
    var observation = scene.observe(chatbot);

    // Then
    assertThat(observation).isInstanceOf(Absent.class);
  }

  @Test
  void b6_a_slug_that_was_edited_after_the_claim_is_held() {
    // Given
    var chatbot =
        annotated(chatbot("slug: new"), new Claim("old", UID, MovingClock.START).annotations());

    // When
    var observation = scene.observe(chatbot);

    // Then
    assertThat(observation).isEqualTo(new Held(Identity.slugChanged("old")));
  }

  @Test
  void t14_of_two_objects_that_want_one_slug_the_older_wins() {
    // Given
    var older = rival("older", "2026-03-01T06:00:00Z");
    var younger = chatbot("slug: support");
    scene.cached.add(older);
    scene.cached.add(younger);

    // When
    var ofYounger = scene.observe(younger);
    var ofOlder = scene.observe(older);

    // Then
    assertThat(ofYounger).isEqualTo(new Foreign(Identity.slugClaimed("support", older)));
    assertThat(ofOlder).isInstanceOf(Absent.class);
  }

  @Test
  void t14_the_holder_of_the_bot_wins_whatever_its_age() {
    // Given
    var holder = withStatus(rival("holder", "2026-03-01T07:30:00Z"), recorded("bot-1"));
    var older = chatbot("slug: support");
    scene.cached.add(holder);
    scene.cached.add(older);

    // When
    var observation = scene.observe(older);

    // Then
    assertThat(observation).isEqualTo(new Foreign(Identity.slugClaimed("support", holder)));
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

  private Object answerOrFailure(Chatbot chatbot) {
    try {
      return scene.observe(chatbot);
    } catch (OkChatException e) {
      return e.kind();
    }
  }
}
