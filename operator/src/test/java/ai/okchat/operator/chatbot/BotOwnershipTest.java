package ai.okchat.operator.chatbot;

import static ai.okchat.operator.chatbot.Manifest.UID;
import static ai.okchat.operator.chatbot.Manifest.annotated;
import static ai.okchat.operator.chatbot.Manifest.chatbot;
import static ai.okchat.operator.chatbot.Manifest.json;
import static ai.okchat.operator.chatbot.Manifest.withStatus;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.BackendRef.Kind;
import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.api.v1alpha1.RecordedBackend;
import ai.okchat.api.v1alpha1.RecordedClaim;
import ai.okchat.client.Bot;
import ai.okchat.operator.chatbot.BotOwnership.Basis;
import ai.okchat.operator.chatbot.BotOwnership.Conflict;
import ai.okchat.operator.chatbot.BotOwnership.Owned;
import ai.okchat.operator.chatbot.BotOwnership.Taken;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** T12, T45 to T52: the table of design.md section 5.3, row by row. */
class BotOwnershipTest {
  private static final String OWN = "";
  private static final String SHARED = "backendRef: {kind: ClusterChatbotBackend, name: shared}";
  private static final Instant CLAIMED_AT = Instant.parse("2026-03-01T08:00:00Z");

  private static final RecordedBackend DEFAULT =
      new RecordedBackend(Kind.CHATBOT_BACKEND, "default", "backend-uid", "sha256:url");
  private static final RecordedBackend RECREATED =
      new RecordedBackend(Kind.CHATBOT_BACKEND, "default", "another-uid", "sha256:url");
  private static final RecordedBackend MOVED =
      new RecordedBackend(Kind.CHATBOT_BACKEND, "default", "backend-uid", "sha256:other");
  private static final RecordedBackend ACCOUNT =
      new RecordedBackend(Kind.CLUSTER_CHATBOT_BACKEND, "shared", "shared-uid", "sha256:url");

  @Test
  @DisplayName("T49: the object without precedence does not own the bot")
  void reportsConflictWhenAnotherObjectOwnsTheBot() {
    // Given
    var other = chatbot("");
    var copy = withStatus(chatbot(OWN), recorded("bot-1", "support", DEFAULT));

    // When
    var ownership = BotOwnership.of(copy, bot("support"), DEFAULT, Optional.of(other));

    // Then
    assertThat(ownership).isEqualTo(new Conflict(other));
  }

  @Test
  void ownsBotByIdFromTheSameBackendObject() {
    // Given
    var own = withStatus(chatbot(OWN), recorded("bot-1", "support", DEFAULT));
    var shared = withStatus(chatbot(SHARED), recorded("bot-1", "support", ACCOUNT));

    // When
    var ownerships = List.of(of(own, bot("support"), DEFAULT), of(shared, bot("support"), ACCOUNT));

    // Then
    assertThat(ownerships).containsOnly(new Owned(Basis.ID));
  }

  @Test
  @DisplayName("T45: an ID from a server of a tenant is no proof of ownership on a shared account")
  void ownsNoBotByIdFromAnotherBackendObject() {
    // Given
    var poisoned = withStatus(chatbot(SHARED), recorded("bot-1", "support", DEFAULT));
    var spec = withStatus(chatbot(SHARED + "\nslug: support"), poisoned.getStatus());

    // When
    var ownerships =
        List.of(of(poisoned, bot("support"), ACCOUNT), of(spec, bot("support"), ACCOUNT));

    // Then
    assertThat(ownerships).containsOnly(new Taken());
  }

  @Test
  void findsBotAgainByItsSlugWhenTheBackendObjectWasRecreated() {
    // Given
    var status = recorded("bot-1", "support", DEFAULT);

    // When
    var ownerships =
        List.of(
            of(withStatus(chatbot("slug: support"), status), bot("support"), RECREATED),
            of(withStatus(chatbot("slug: support"), status), bot("support"), MOVED));

    // Then
    assertThat(ownerships).containsOnly(new Owned(Basis.RESTORED));
  }

  @Test
  void ownsBotByAnUnresolvedClaim() {
    // Given
    var chatbot = claimed("slug: support", "support", UID);

    // When
    var ownership = of(chatbot, bot("support", "2026-03-01T08:00:01Z"), DEFAULT);

    // Then
    assertThat(ownership).isEqualTo(new Owned(Basis.CLAIM));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T07:55:00Z, true",
    "2026-03-01T07:54:59Z, false",
    "1970-01-01T00:00:00Z, false",
    "unknown, true"
  })
  @DisplayName("T46: a bot that is older than the claim was not created under it")
  void ownsNoBotThatIsOlderThanTheClaim(String createdAt, boolean owned) {
    // Given
    var chatbot = claimed("slug: support", "support", UID);

    // When
    var ownership = of(chatbot, bot("support", createdAt), DEFAULT);

    // Then
    assertThat(ownership).isEqualTo(owned ? new Owned(Basis.CLAIM) : new Taken());
  }

  @Test
  @DisplayName("A bot with the derived slug is found again although the clocks differ")
  void ownsBotWithTheDerivedSlugWhateverItsAge() {
    // Given
    var chatbot = claimed("", Manifest.DERIVED_SLUG, UID);

    // When
    var ownership = of(chatbot, bot(Manifest.DERIVED_SLUG, "2026-03-01T05:00:00Z"), DEFAULT);

    // Then
    assertThat(ownership).isEqualTo(new Owned(Basis.CLAIM));
  }

  @Test
  @DisplayName("T46: a resolved claim does not own another bot with the slug")
  void ownsNoOtherBotWithTheSlugOnceABotIsRecorded() {
    // Given
    var chatbot =
        withStatus(claimed("slug: support", "support", UID), recorded("bot-0", "support", DEFAULT));

    // When
    var ownership = of(chatbot, bot("support", "2026-03-01T09:00:00Z"), DEFAULT);

    // Then
    assertThat(ownership).isNotEqualTo(new Owned(Basis.CLAIM));
  }

  @ParameterizedTest
  @ValueSource(strings = {"adoption: Never", "adoption: BySlug"})
  @DisplayName("T51: on a shared account annotations and adoption are no proof of ownership")
  void ownsNoBotOfASharedAccountByAnnotations(String adoption) {
    // Given
    var chatbot = claimed("slug: support\n" + adoption + "\n" + SHARED, "support", UID);

    // When
    var ownership = of(chatbot, bot("support", "2026-03-01T08:00:01Z"), ACCOUNT);

    // Then
    assertThat(ownership).isEqualTo(new Taken());
  }

  @Test
  void ownsBotOfASharedAccountByTheClaimInTheStatus() {
    // Given
    var chatbot = claimedOnShared("slug: support\n" + SHARED, "support", ACCOUNT);

    // When
    var ownership = of(chatbot, bot("support", "2026-03-01T08:00:01Z"), ACCOUNT);

    // Then
    assertThat(ownership).isEqualTo(new Owned(Basis.CLAIM));
  }

  @Test
  void ownsNoBotOfASharedAccountByAClaimOfAnotherSlugOrAccountOrTime() {
    // Given
    var otherAccount =
        new RecordedBackend(Kind.CLUSTER_CHATBOT_BACKEND, "other", "other-uid", "sha256:url");
    var spec = "slug: support\n" + SHARED;
    var young = bot("support", "2026-03-01T08:00:01Z");

    // When
    var ownerships =
        List.of(
            of(
                claimedOnShared(spec, "v-bot", ACCOUNT),
                bot("v-bot", "2026-03-01T08:00:01Z"),
                ACCOUNT),
            of(claimedOnShared(spec, "support", otherAccount), young, ACCOUNT),
            of(claimedOnShared(spec, "support", ACCOUNT), bot("support", "unknown"), ACCOUNT),
            of(
                claimedOnShared(spec, "support", ACCOUNT),
                bot("support", "2026-03-01T07:00:00Z"),
                ACCOUNT));

    // Then
    assertThat(ownerships).containsOnly(new Taken());
  }

  @ParameterizedTest
  @CsvSource({
    "'', team-a-support-99999999, true",
    "slug: support, support, true",
    "'', team-b-sales-99999999, false",
    "slug: support, team-a-support-99999999, false"
  })
  @DisplayName("T6: a restored object finds its bot if no other object can have the slug")
  void findsBotOfARestoredObject(String spec, String slug, boolean owned) {
    // Given
    var restored = claimed(spec, slug, "an-old-uid");

    // When
    var ownership = of(restored, bot(slug), DEFAULT);

    // Then
    assertThat(ownership).isEqualTo(owned ? new Owned(Basis.RESTORED) : new Taken());
  }

  @Test
  void adoptsBotOnlyIfTheSpecSaysSo() {
    // When
    var ownerships =
        List.of(
            of(chatbot("slug: support"), bot("support"), DEFAULT),
            of(chatbot("{slug: support, adoption: BySlug}"), bot("support"), DEFAULT));

    // Then
    assertThat(ownerships).containsExactly(new Taken(), new Owned(Basis.ADOPTED));
  }

  @ParameterizedTest
  @CsvSource({
    "'', an-old-uid, false",
    "adoption: BySlug, an-old-uid, true",
    "'', -, false",
    "'', " + UID + ", true"
  })
  @DisplayName("T50: the deletion of a restored object keeps the bot unless the spec adopts it")
  void deletesOnlyBotsThatTheObjectCreatedOrAdopted(String spec, String uid, boolean allowed) {
    // When
    var mayDelete = BotOwnership.mayDelete(claimed(spec, "support", uid));

    // Then
    assertThat(mayDelete).isEqualTo(allowed);
  }

  private static BotOwnership of(Chatbot chatbot, Bot bot, RecordedBackend origin) {
    return BotOwnership.of(chatbot, bot, origin, Optional.empty());
  }

  private static Bot bot(String slug) {
    return bot(slug, "2026-03-01T06:00:00Z");
  }

  private static Bot bot(String slug, String createdAt) {
    return new Bot("bot-1", slug, "org-1", json("{}").put("created_at", createdAt));
  }

  private static Chatbot claimed(String spec, String slug, String uid) {
    return annotated(
        chatbot(spec), new Claim(slug, uid.equals("-") ? null : uid, CLAIMED_AT).annotations());
  }

  private static Chatbot claimedOnShared(String spec, String slug, RecordedBackend backend) {
    var claim = new RecordedClaim(slug, UID, CLAIMED_AT.toString(), "0123abcd", null);
    return withStatus(
        chatbot(spec),
        new ChatbotStatus(
            1L, List.of(), null, null, null, backend, claim, null, null, null, null, List.of()));
  }

  private static ChatbotStatus recorded(String id, String slug, RecordedBackend backend) {
    return new ChatbotStatus(
        1L, List.of(), id, slug, "org-1", backend, null, null, null, null, null, List.of());
  }
}
