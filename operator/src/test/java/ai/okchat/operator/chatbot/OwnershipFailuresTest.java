package ai.okchat.operator.chatbot;

import static ai.okchat.operator.chatbot.Manifest.chatbot;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.client.FailureKind;
import ai.okchat.client.OkChatException;
import ai.okchat.operator.status.ConditionValue.Truth;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.status.Requeue;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** B6: what a user reads about a bot that the object does not own. */
class OwnershipFailuresTest {
  private static final String SHARED = "backendRef: {kind: ClusterChatbotBackend, name: shared}";

  @Test
  void namesNoObjectOfAnotherNamespaceOnASharedAccount() {
    // Given
    var here = chatbot(SHARED);
    var elsewhere = chatbot(SHARED);
    elsewhere.getMetadata().setNamespace("team-b");
    elsewhere.getMetadata().setName("secret-plan");

    // When
    var failure = OwnershipFailures.slugConflict("the-slug", elsewhere, here);

    // Then
    assertThat(failure.message()).doesNotContain("team-b", "secret-plan");
    assertThat(OwnershipFailures.slugConflict("the-slug", here, here).message())
        .contains("team-a/support");
  }

  @Test
  void reportsConflictAsTakenSlugAndOtherRejectionsAsSpec() {
    // Given
    var conflict = rejection(FailureKind.CONFLICT);
    var rejected = rejection(FailureKind.REQUEST_REJECTED);

    // When
    var failures =
        Stream.of(conflict, rejected)
            .map(e -> OwnershipFailures.rejected("the-slug", e, chatbot("")));

    // Then
    assertThat(failures)
        .containsExactly(OwnershipFailures.slugTaken("the-slug"), Failure.of(rejected));
  }

  static Stream<Failure> forAUser() {
    var owner = chatbot("");
    owner.getMetadata().setName("rival");
    var status =
        new ChatbotStatus(
            1L, List.of(), "bot-1", "s", "org-1", null, null, null, null, null, null, List.of());
    return Stream.of(
        OwnershipFailures.slugTaken("the-slug"),
        OwnershipFailures.slugConflict("the-slug", owner, chatbot("")),
        OwnershipFailures.slugChanged("the-slug"),
        OwnershipFailures.accountChanged(status),
        OwnershipFailures.originChanged(chatbot(""), "bot-1"),
        OwnershipFailures.originChanged(chatbot(SHARED), "bot-1"),
        OwnershipFailures.accountUnverified("bot-1"),
        OwnershipFailures.accountUnverifiedAtDeletion("bot-1"),
        OwnershipFailures.botMissing("bot-1"));
  }

  @ParameterizedTest
  @MethodSource("forAUser")
  void stallsUntilAUserActs(Failure failure) {
    // When
    var said = List.of(failure.ready(), failure.stalled(), failure.next());

    // Then
    assertThat(said).isEqualTo(List.of(Truth.False, true, Requeue.HOURLY));
  }

  @Test
  void messageNamesFailureAndFix() {
    // When
    var messages = forAUser().map(Failure::message).toList();

    // Then
    assertThat(messages)
        .containsExactly(
            "A bot with the slug the-slug exists, and this object did not create it. Choose another"
                + " spec.slug, or adopt the bot with spec.adoption: BySlug.",
            "The slug the-slug belongs to the Chatbot team-a/rival. Choose another spec.slug; if"
                + " the annotation okchat.ai/slug was copied from there, remove it.",
            "spec.slug differs from the slug the-slug that the bot was requested with, and a slug"
                + " cannot change from then on. Restore spec.slug, or delete the Chatbot and create"
                + " it again.",
            "The API key opens another account than the one with the bot bot-1 (organization"
                + " org-1). Restore the key of that account; or delete this Chatbot with"
                + " spec.deletionPolicy: Orphan, which keeps that bot in the backend, and create"
                + " it again.",
            "The bot bot-1 was obtained from another backend object or URL than the one that the"
                + " spec leads to, and this account has no bot with its slug. Restore that backend;"
                + " or annotate this Chatbot with okchat.ai/approve-recreate=bot-1 to create the"
                + " bot in this account.",
            "The bot bot-1 was obtained from another backend object or URL than the one that the"
                + " spec leads to. Restore that backend; or ask an administrator to confirm the new"
                + " one in status.backend.",
            "The account lists no bot, so it may be another account than the one with the bot"
                + " bot-1. If the bot was deleted there, annotate this Chatbot with"
                + " okchat.ai/approve-recreate=bot-1 to create it again; otherwise restore the key"
                + " of its account.",
            "The account lists no bot, so it may be another account than the one with the bot"
                + " bot-1. Restore the key of its account.",
            "The bot bot-1 was deleted in the backend. Set spec.driftPolicy: Enforce to create it"
                + " again, or delete this Chatbot.");
  }

  @Test
  void waitsWhileOwnershipIsUnknown() {
    // When
    var create = OwnershipFailures.awaitingCreate(Duration.ofSeconds(9));
    var sight = OwnershipFailures.awaitingVisibility(Duration.ofSeconds(60));

    // Then
    assertThat(create)
        .isEqualTo(
            new Failure(
                Truth.Unknown,
                Reason.WaitingForBackend,
                "The response to the create was lost. The operator looks for the bot before it"
                    + " creates another one.",
                false,
                Requeue.in(Duration.ofSeconds(9))));
    assertThat(sight)
        .isEqualTo(
            new Failure(
                Truth.Unknown,
                Reason.WaitingForBackend,
                "The backend does not show the bot. The operator looks for it again before it"
                    + " creates one.",
                false,
                Requeue.in(Duration.ofSeconds(60))));
  }

  private static OkChatException rejection(FailureKind kind) {
    return OkChatException.failure(kind, "create chatbot", "backend").build();
  }
}
