package ai.okchat.operator.chatbot;

import static ai.okchat.operator.chatbot.Manifest.UID;
import static ai.okchat.operator.chatbot.Manifest.chatbot;
import static ai.okchat.operator.chatbot.Manifest.json;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.operator.chatbot.Observation.Bond;
import ai.okchat.operator.chatbot.Observation.Foreign;
import ai.okchat.operator.chatbot.Observation.Present;
import ai.okchat.operator.okchat.Bot;
import ai.okchat.operator.okchat.FailureKind;
import ai.okchat.operator.okchat.OkChatException;
import ai.okchat.operator.status.ConditionValue.Truth;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Next;
import ai.okchat.operator.status.Reason;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** T6, T12, B6: whose a bot is, and the words for when it is not ours. */
class IdentityTest {
  private static final Instant AT = Instant.parse("2026-03-01T08:00:00Z");
  private static final String SHARED = "backendRef: {kind: ClusterChatbotBackend, name: shared}";
  private static final Bot BOT = new Bot("bot-1", "the-slug", "org-1", json("{}"));

  @Test
  void t1_a_bot_whose_slug_this_object_claimed_is_its_own() {
    // When
    var observation = Identity.bond(chatbot(""), new Claim("the-slug", UID, AT), BOT);

    // Then
    assertThat(observation).isEqualTo(new Present(BOT, Bond.CLAIMED));
  }

  @Test
  void t6_a_restored_object_finds_its_bot_by_the_form_of_the_slug() {
    // Given
    var claim = new Claim("team-a-support-99999999", "an-old-uid", AT);

    // When
    var observation = Identity.bond(chatbot(""), claim, BOT);

    // Then
    assertThat(observation).isEqualTo(new Present(BOT, Bond.CLAIMED));
  }

  @Test
  void t12_b6_any_other_bot_is_somebody_elses() {
    // When
    var observation = Identity.bond(chatbot(""), new Claim("the-slug", "another-uid", AT), BOT);

    // Then
    assertThat(observation).isEqualTo(new Foreign(Identity.slugTaken("the-slug")));
  }

  @Test
  void where_the_spec_says_so_it_is_taken_over() {
    // When
    var observation =
        Identity.bond(chatbot("adoption: BySlug"), new Claim("the-slug", "another-uid", AT), BOT);

    // Then
    assertThat(observation).isEqualTo(new Present(BOT, Bond.ADOPTED));
  }

  @Test
  void in_a_shared_account_a_bot_is_ours_by_uid_and_by_slug() {
    // Given
    var support = chatbot(SHARED);
    var derived = Claim.wantedSlug(support);
    var bot = new Bot("bot-1", derived, "org-1", createdAt(support, Duration.ofSeconds(3)));

    // When
    var observation = Identity.bond(support, new Claim(derived, UID, AT), bot);

    // Then
    assertThat(observation).isEqualTo(new Present(bot, Bond.CLAIMED));
  }

  @Test
  void in_a_shared_account_nobody_claims_a_bot_that_is_older_than_the_object() {
    // Given
    var mine = chatbot(SHARED + "\nslug: the-slug");
    var older = new Bot("bot-1", "the-slug", "org-1", createdAt(mine, Duration.ofMinutes(-6)));
    var undated = new Bot("bot-1", "the-slug", "org-1", json("{}"));

    // When
    var observations =
        Stream.of(older, undated)
            .map(bot -> Identity.bond(mine, new Claim("the-slug", UID, AT), bot));

    // Then
    assertThat(observations).hasOnlyElementsOfType(Foreign.class);
  }

  @ParameterizedTest
  @CsvSource({
    "the-slug," + UID, // A claim that somebody wrote by hand.
    "team-a-support-99999999, an-old-uid", // A slug of the right form: team/a-support has it too.
    "the-slug, another-uid"
  })
  void in_a_shared_account_whoever_writes_annotations_gets_no_bot_of_others(
      String slug, String uid) {
    // When
    var observation =
        Identity.bond(chatbot(SHARED + "\nadoption: BySlug"), new Claim(slug, uid, AT), BOT);

    // Then
    assertThat(observation).isInstanceOf(Foreign.class);
  }

  private static ObjectNode createdAt(Chatbot chatbot, Duration later) {
    var declared = Instant.parse(chatbot.getMetadata().getCreationTimestamp());
    return json("{}").put("created_at", declared.plus(later).toString());
  }

  @Test
  void in_a_shared_account_nobody_learns_who_holds_a_slug_elsewhere() {
    // Given
    var here = chatbot(SHARED);
    var elsewhere = chatbot(SHARED);
    elsewhere.getMetadata().setNamespace("team-b");
    elsewhere.getMetadata().setName("secret-plan");

    // When
    var failure = Identity.slugClaimed("the-slug", elsewhere, here);

    // Then
    assertThat(failure.message()).doesNotContain("team-b", "secret-plan");
    assertThat(Identity.slugClaimed("the-slug", here, here))
        .isEqualTo(Identity.slugClaimed("the-slug", here));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "a, a, false",
        "a, b, true",
        "a, null, false",
        "null, b, false",
        "null, null, false"
      })
  void only_two_known_values_can_differ(
      @Nullable String one, @Nullable String other, boolean expected) {
    // When
    var differs = Identity.differs(one, other);

    // Then
    assertThat(differs).isEqualTo(expected);
  }

  @Test
  void b6_a_conflict_means_that_the_slug_is_taken() {
    // When
    var failure = Identity.refused("the-slug", refusal(FailureKind.CONFLICT), false);

    // Then
    assertThat(failure).isEqualTo(Identity.slugTaken("the-slug"));
  }

  @Test
  void so_does_any_refusal_where_a_bot_with_the_slug_is_seen() {
    // When
    var failure = Identity.refused("the-slug", refusal(FailureKind.REQUEST_REJECTED), true);

    // Then
    assertThat(failure).isEqualTo(Identity.slugTaken("the-slug"));
  }

  @Test
  void another_refusal_is_about_the_spec() {
    // Given
    var refusal = refusal(FailureKind.REQUEST_REJECTED);

    // When
    var failure = Identity.refused("the-slug", refusal, false);

    // Then
    assertThat(failure).isEqualTo(Failure.of(refusal));
    assertThat(failure.reason()).isEqualTo(Reason.SpecRejected);
  }

  static Stream<Failure> forAPerson() {
    var rival = chatbot("");
    rival.getMetadata().setName("rival");
    var status =
        new ChatbotStatus(1L, List.of(), "bot-1", "s", "org-1", null, null, null, null, List.of());
    return Stream.of(
        Identity.slugTaken("the-slug"),
        Identity.slugClaimed("the-slug", rival),
        Identity.slugChanged("the-slug"),
        Identity.accountChanged(status),
        Identity.accountUnproved("bot-1"),
        Identity.botMissing("bot-1"));
  }

  @ParameterizedTest
  @MethodSource("forAPerson")
  void what_only_a_person_can_mend_stalls(Failure failure) {
    // When
    var said = List.of(failure.ready(), failure.stalled(), failure.next());

    // Then
    assertThat(said).isEqualTo(List.of(Truth.False, true, Next.HOURLY));
  }

  @Test
  void each_message_says_what_is_wrong_and_the_way_out() {
    // When
    var messages = forAPerson().map(Failure::message).toList();

    // Then
    assertThat(messages)
        .containsExactly(
            "A bot with the slug the-slug exists and was not made by this object. Choose another"
                + " spec.slug, or take it over with spec.adoption: BySlug.",
            "The slug the-slug belongs to the Chatbot team-a/rival. Choose another spec.slug; if"
                + " the annotation okchat.ai/slug was copied from there, remove it.",
            "spec.slug differs from the slug the-slug under which the bot was asked for; a slug is"
                + " fixed from then on. Set spec.slug back, or delete the Chatbot and create it"
                + " anew.",
            "The API key now opens another account than the one with the bot bot-1 (organization"
                + " org-1). Put the key of that account back; or delete this Chatbot with"
                + " spec.deletionPolicy: Orphan, which leaves that bot, and create it anew.",
            "The account lists no bot at all, so it may be another one than that with the bot"
                + " bot-1. If the bot was deleted there, annotate this Chatbot with"
                + " okchat.ai/approve=bot-1 to have it made again; else put the key of its account"
                + " back.",
            "The bot bot-1 was deleted in the backend. Set spec.driftPolicy: Enforce to have it"
                + " made again, or delete this Chatbot.");
  }

  @Test
  void what_is_awaited_is_neither_good_nor_bad() {
    // When
    var create = Identity.awaitingCreate(Duration.ofSeconds(9));
    var sight = Identity.awaitingSight(Duration.ofSeconds(60));

    // Then
    assertThat(create)
        .isEqualTo(
            new Failure(
                Truth.Unknown,
                Reason.WaitingForBackend,
                "It is not known whether the backend made the bot; it is looked for before another"
                    + " is asked for.",
                false,
                Next.in(Duration.ofSeconds(9))));
    assertThat(sight)
        .isEqualTo(
            new Failure(
                Truth.Unknown,
                Reason.WaitingForBackend,
                "The backend does not show the bot at present; it is looked for again before"
                    + " anything is made.",
                false,
                Next.in(Duration.ofSeconds(60))));
  }

  private static OkChatException refusal(FailureKind kind) {
    return OkChatException.failure(kind, "create chatbot", "backend").build();
  }
}
