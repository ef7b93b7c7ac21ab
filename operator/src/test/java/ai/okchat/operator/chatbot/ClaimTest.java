package ai.okchat.operator.chatbot;

import static ai.okchat.operator.chatbot.Manifest.DERIVED_SLUG;
import static ai.okchat.operator.chatbot.Manifest.UID;
import static ai.okchat.operator.chatbot.Manifest.annotated;
import static ai.okchat.operator.chatbot.Manifest.chatbot;
import static ai.okchat.operator.chatbot.Manifest.withStatus;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.api.v1alpha1.RecordedClaim;
import ai.okchat.operator.account.AccountId;
import ai.okchat.operator.lifecycle.ClaimAnnotation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** T1, T6, T12: the identity of a bot, decided before it exists. */
class ClaimTest {
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00.123Z");
  private static final Instant NOW_IN_SECONDS = Instant.parse("2026-03-01T08:00:00Z");

  @Test
  void usesSlugOfTheSpec() {
    // When
    var claim = Claim.by(chatbot("slug: support"), NOW);

    // Then
    assertThat(claim).isEqualTo(new Claim("support", UID, NOW_IN_SECONDS));
  }

  @Test
  void derivesSlugFromNamespaceNameAndUid() {
    // When
    var claim = Claim.by(chatbot(""), NOW);

    // Then
    assertThat(claim).isEqualTo(new Claim(DERIVED_SLUG, UID, NOW_IN_SECONDS));
  }

  @ParameterizedTest
  @CsvSource({
    "team-a, support, team-a-support-0a1b2c3d",
    "team-a, support.v2.eu, team-a-support-v2-eu-0a1b2c3d",
    "a, b, a-b-0a1b2c3d"
  })
  void replacesDotsWithHyphens(String namespace, String name, String slug) {
    // Given
    var chatbot = named(namespace, name);

    // When
    var wanted = Claim.desiredSlug(chatbot);

    // Then
    assertThat(wanted).isEqualTo(slug);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 40, 47, 48, 49, 63, 200, 253})
  void derivedSlugFitsIntoADnsLabel(int length) {
    // Given
    var chatbot = named("team-a", "x".repeat(length));

    // When
    var slug = Claim.desiredSlug(chatbot);

    // Then
    assertThat(slug)
        .hasSize(Math.min("team-a-".length() + length, 54) + "-0a1b2c3d".length())
        .endsWith("-0a1b2c3d")
        .matches("[a-z0-9-]{1,63}");
  }

  @ParameterizedTest
  @CsvSource({
    "my--bot, team-a-my-bot-0a1b2c3d",
    "a.-b, team-a-a-b-0a1b2c3d",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-b,"
        + " team-a-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-0a1b2c3d"
  })
  @DisplayName("T87: a derived slug has single hyphens between letters and digits")
  void derivesSlugWithSingleHyphens(String name, String slug) {
    // When
    var wanted = Claim.desiredSlug(named("team-a", name));

    // Then
    assertThat(wanted).isEqualTo(slug).matches("[a-z0-9]+(-[a-z0-9]+)*");
  }

  @ParameterizedTest
  @CsvSource({
    "the-uid@2026-03-01T08:00:01Z, the-uid@2026-03-01T08:00:00Z",
    "the-uid@9999-12-31T23:59:59Z, the-uid@2026-03-01T08:00:00Z",
    "the-uid@never, the-uid@2026-03-01T08:00:00Z",
    "the-uid@2026-03-01T07:59:59Z, the-uid@2026-03-01T07:59:59Z"
  })
  @DisplayName("T54: a missing or future time of a claim counts as now")
  void boundsTimeOfClaim(String recorded, String bounded) {
    // Given
    var chatbot =
        annotated(
            chatbot(""), Map.of(Claim.SLUG_ANNOTATION, "support", ClaimAnnotation.KEY, recorded));

    // When
    var claim = Claim.recordedOn(chatbot).orElseThrow().boundedBy(NOW);

    // Then
    assertThat(claim.annotations())
        .isEqualTo(Map.of(Claim.SLUG_ANNOTATION, "support", ClaimAnnotation.KEY, bounded));
  }

  @Test
  void roundTripsThroughTwoAnnotations() {
    // Given
    var claim = Claim.by(chatbot(""), NOW);

    // When
    var annotations = claim.annotations();

    // Then
    assertThat(annotations)
        .isEqualTo(
            Map.of(
                "okchat.ai/slug", DERIVED_SLUG, "okchat.ai/claim", UID + "@2026-03-01T08:00:00Z"));
    assertThat(Claim.recordedOn(annotated(chatbot(""), annotations))).contains(claim);
  }

  @Test
  void objectWithoutAnnotationsHasNoClaim() {
    // When
    var recorded = Claim.recordedOn(chatbot("slug: support"));

    // Then
    assertThat(recorded).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void treatsBlankSlugAsMissing(String slug) {
    // Given
    var chatbot = annotated(chatbot(""), Map.of(Claim.SLUG_ANNOTATION, slug));

    // When
    var recorded = Claim.recordedOn(chatbot);

    // Then
    assertThat(recorded).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "'', null",
        "nonsense, null",
        "2026-03-01T08:00:00Z, null",
        "the-uid@, the-uid",
        "the-uid@yesterday, the-uid",
        "the-uid@2026-03-01, the-uid"
      })
  void keepsReadablePartsOfAMalformedClaim(String claim, @Nullable String uid) {
    // Given
    var chatbot =
        annotated(
            chatbot(""), Map.of(Claim.SLUG_ANNOTATION, "support", ClaimAnnotation.KEY, claim));

    // When
    var recorded = Claim.recordedOn(chatbot);

    // Then
    assertThat(recorded).contains(new Claim("support", uid, null));
  }

  @Test
  void keepsSlugWhenTheClaimIsLost() {
    // Given
    var chatbot = annotated(chatbot(""), Map.of(Claim.SLUG_ANNOTATION, DERIVED_SLUG));

    // When
    var recorded = Claim.recordedOn(chatbot);

    // Then
    assertThat(recorded).contains(new Claim(DERIVED_SLUG, null, null));
  }

  @Test
  void t6PrefersRecordedSlugToADerivedOne() {
    // Given
    var restored = restored("team-a-support-99999999");

    // When
    var claim = Claim.by(restored, NOW);

    // Then
    assertThat(claim).isEqualTo(new Claim("team-a-support-99999999", UID, NOW_IN_SECONDS));
  }

  @Test
  void t6RestoredObjectFitsTheSlugButNotTheClaim() {
    // Given
    var restored = restored("team-a-support-99999999");
    var claim = Claim.recordedOn(restored).orElseThrow();

    // When
    var isBy = claim.isBy(restored);
    var fits = Claim.fits(claim.slug(), restored);

    // Then
    assertThat(isBy).isFalse();
    assertThat(fits).isTrue();
  }

  @Test
  void recognizesClaimOfTheObjectItself() {
    // Given
    var chatbot = annotated(chatbot(""), Claim.by(chatbot(""), NOW).annotations());

    // When
    var isBy = Claim.recordedOn(chatbot).orElseThrow().isBy(chatbot);

    // Then
    assertThat(isBy).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "team-b-support-99999999",
        "team-a-other-99999999",
        "team-a-support",
        "team-a-support-",
        "team-a-support-9999999",
        "team-a-support-999999999",
        "team-a-support-9999999g",
        "team-a-support-v2-99999999",
        "something-else"
      })
  void t12CopiedSlugOfAnotherObjectDoesNotFit(String slug) {
    // Given
    var claim = new Claim(slug, "another-uid", NOW);

    // When
    var fits = Claim.fits(claim.slug(), chatbot(""));

    // Then
    assertThat(fits).isFalse();
  }

  @Test
  void slugOfTheSpecFitsWithAnyClaim() {
    // Given
    var claim = new Claim("support", "another-uid", NOW);

    // When
    var fits = Claim.fits(claim.slug(), chatbot("slug: support"));

    // Then
    assertThat(fits).isTrue();
  }

  @Test
  void truncatedLongNameFits() {
    // Given
    var chatbot = named("team-a", "x".repeat(100));

    // When
    var fits = Claim.fits(Claim.desiredSlug(chatbot), chatbot);

    // Then
    assertThat(fits).isTrue();
  }

  @Test
  void recordsTheAccountThatTheCreateIsSentTo() {
    // Given
    var one = new AccountId("https://okchat.example/", "digest-of-key-1");
    var rotated = new AccountId("https://okchat.example/", "digest-of-key-2");

    // When
    var digests = List.of(one.digestFor(UID), rotated.digestFor(UID), one.digestFor("another"));

    // Then
    assertThat(digests).doesNotHaveDuplicates().allMatch(digest -> digest.matches("[0-9a-f]{8}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "backendRef: {kind: ClusterChatbotBackend, name: shared}"})
  void prefersClaimOfTheStatusToEditedAnnotations(String spec) {
    // Given
    var edited =
        annotated(chatbot(spec), new Claim("sales", "a-user", NOW_IN_SECONDS).annotations());
    var claim = new RecordedClaim("support", UID, NOW_IN_SECONDS.toString(), "0123abcd", null);
    var chatbot =
        withStatus(
            edited,
            new ChatbotStatus(
                1L, List.of(), null, null, null, null, claim, null, null, null, null, List.of()));

    // When
    var claims =
        List.of(
            Claim.unresolvedOn(chatbot).orElseThrow(),
            Claim.provedOn(chatbot).orElseThrow(),
            Claim.by(chatbot, NOW));

    // Then
    assertThat(claims).containsOnly(new Claim("support", UID, NOW_IN_SECONDS));
    assertThat(BotOwnership.mayDelete(chatbot)).isTrue();
  }

  private static Chatbot named(String namespace, String name) {
    var chatbot = chatbot("");
    chatbot.getMetadata().setNamespace(namespace);
    chatbot.getMetadata().setName(name);
    return chatbot;
  }

  private static Chatbot restored(String slug) {
    return annotated(chatbot(""), new Claim(slug, "an-old-uid", NOW_IN_SECONDS).annotations());
  }
}
