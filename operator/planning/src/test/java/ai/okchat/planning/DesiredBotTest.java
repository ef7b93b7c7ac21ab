package ai.okchat.planning;

import static ai.okchat.planning.PlannedBot.json;
import static ai.okchat.planning.PlannedBot.spec;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.client.Upload;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** T26: every field of the spec reaches the name that the API has for it. */
class DesiredBotTest {
  private static final Upload PICTURE = Upload.of("a.png", "image/png", new byte[] {1});
  static final List<SpecField> T26 = SpecField.ALL;

  private static final ObjectNode NOTHING_BUT_THE_REQUIRED =
      json("{\"name\": \"Support\", \"settings\": {\"prompt\": \"Be brief.\"}}");

  @Test
  void omitsFieldsThatTheSpecOmits() {
    // When
    var desired = desired("");

    // Then
    assertThat(desired.bot()).isEqualTo(NOTHING_BUT_THE_REQUIRED);
    assertThat(desired.comparable()).isEqualTo(NOTHING_BUT_THE_REQUIRED);
    assertThat(desired.voiceAgent()).isEmpty();
    assertThat(desired.chatWidget()).isEmpty();
    assertThat(desired.chatWidgetDigest()).isEmpty();
    assertThat(desired.avatar()).isEmpty();
  }

  @Test
  void t26TheTableHasEveryFieldOfTheType() {
    // When
    var ofType = SpecField.ofType();

    // Then
    assertThat(SpecField.ALL)
        .extracting(SpecField::spec)
        .containsExactlyInAnyOrderElementsOf(ofType);
  }

  @ParameterizedTest
  @FieldSource("T26")
  void t26EachFieldSetsOnlyItsOwnPath(SpecField field) {
    // Given
    var expected = expectedBody(field);

    // When
    var desired = desired(field.yaml());

    // Then
    assertThat(json(body(desired, field).toString())).isEqualTo(expected);
  }

  @ParameterizedTest
  @FieldSource("T26")
  void t26EachFieldIsAnEdit(SpecField field) {
    // Given
    var before = desired("");

    // When
    var after = desired(field.yaml());

    // Then
    assertThat(after.isApplied(applied(before.digest()))).isFalse();
  }

  static Stream<SpecField> optionalFields() {
    return SpecField.ALL.stream().filter(field -> !Set.of("name", "prompt").contains(field.spec()));
  }

  @ParameterizedTest
  @MethodSource("optionalFields")
  @DisplayName("T85: removing a field from the spec is not an edit")
  void isAppliedWhenFieldIsRemoved(SpecField field) {
    // Given
    var before = desired(field.yaml());

    // When
    var after = desired("");

    // Then
    assertThat(after.isApplied(applied(before.digest()))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "slug: another",
        "driftPolicy: Report",
        "ignoreFields: [settings.greeting]",
        "adoption: BySlug",
        "deletionPolicy: Orphan",
        "suspend: true",
        "backendRef: {kind: ChatbotBackend, name: other}"
      })
  @DisplayName("T85: a field that no request sends is not an edit")
  void keepsDigestWhenFieldIsNotSent(String yaml) {
    // When
    var desired = desired(yaml);

    // Then
    assertThat(desired.digest()).isEqualTo(desired("").digest());
    assertThat(desired.bot()).isEqualTo(NOTHING_BUT_THE_REQUIRED);
  }

  @Test
  void isNotAppliedWhenFieldIsNoLongerIgnored() {
    // Given
    var ignored = desired("{greeting: Hello!, ignoreFields: [settings.greeting]}");

    // When
    var managed = desired("greeting: Hello!");

    // Then
    assertThat(managed.isApplied(applied(ignored.digest()))).isFalse();
    assertThat(ignored.isApplied(applied(managed.digest()))).isTrue();
  }

  @Test
  @DisplayName("T85: a request to fetch the avatar again is not an edit")
  void keepsDigestWhenAvatarIsRequestedAgain() {
    // Given
    var first = new AvatarSource("sha256:at-one", "sha256:link", () -> PICTURE);
    var again = new AvatarSource("sha256:at-two", "sha256:link", () -> PICTURE);

    // When
    var digests =
        Stream.of(first, again)
            .map(
                avatar ->
                    DesiredBot.of(spec(""), new ResolvedInputs("Be brief.", Optional.of(avatar))))
            .map(DesiredBot::digest);

    // Then
    assertThat(digests.distinct()).hasSize(1);
  }

  static Stream<ResolvedInputs> otherInputs() {
    return Stream.of(
        new ResolvedInputs("Another prompt.", Optional.empty()),
        new ResolvedInputs("Be brief.", Optional.of(avatar("sha256:1"))),
        new ResolvedInputs("Be brief.", Optional.of(avatar("sha256:2"))));
  }

  @ParameterizedTest
  @MethodSource("otherInputs")
  void eachInputIsPartOfTheDigest(ResolvedInputs inputs) {
    // Given
    var spec = spec("");
    var all = otherInputs().toList();

    // When
    var digest = DesiredBot.of(spec, inputs).digest();

    // Then
    assertThat(digest).isNotEqualTo(desired("").digest());
    assertThat(all.stream().filter(body -> DesiredBot.of(spec, body).digest().equals(digest)))
        .hasSize(1);
  }

  @Test
  void sendsPromptOfAConfigMapLikeAPromptOfTheSpec() {
    // Given
    var spec = spec("promptFrom: {configMapKeyRef: {name: prompts, key: support}}");

    // When
    var desired = DesiredBot.of(spec, new ResolvedInputs("From the map.", Optional.empty()));

    // Then
    assertThat(desired.bot())
        .isEqualTo(json("{\"name\": \"Support\", \"settings\": {\"prompt\": \"From the map.\"}}"));
    assertThat(desired.promptDigest()).isEqualTo(Digest.of("From the map."));
  }

  @Test
  void createHasOnlyTheFieldsAndTheSlug() {
    // Given
    var desired = desired("{greeting: Hello!, voiceAgent: {voice: shimmer}}");

    // When
    var body = desired.createBody("team-a-support");

    // Then
    assertThat(body)
        .isEqualTo(
            json(
                """
                {"name": "Support", "slug": "team-a-support",
                 "settings": {"prompt": "Be brief.", "greeting": "Hello!"}}
                """));
    assertThat(desired.bot().has("slug")).isFalse();
  }

  @Test
  void comparesVoiceAgentAtThePathOfTheBackend() {
    // When
    var desired = desired("voiceAgent: {vad: {silenceDurationMs: 700}}");

    // Then
    assertThat(desired.comparable())
        .isEqualTo(
            json(
                """
                {"name": "Support", "settings": {"prompt": "Be brief."},
                 "voice_widget_config": {"vad": {"silence_duration_ms": 700}}}
                """));
  }

  @Test
  void isAppliedWhenTheStatusHasItsDigest() {
    // Given
    var desired = desired("");

    // When
    var applied =
        Stream.of(applied(desired.digest()), applied("sha256:old"), ChatbotStatus.empty(), null)
            .map(desired::isApplied)
            .toList();

    // Then
    assertThat(applied).containsExactly(true, false, false, false);
  }

  @Test
  void t28PrintsNoPrompt() {
    // Given
    var inputs = new ResolvedInputs("MARKER", Optional.empty());

    // When
    var printed = DesiredBot.of(spec("prompt: MARKER"), inputs) + " " + inputs;

    // Then
    assertThat(printed).doesNotContain("MARKER");
  }

  private static DesiredBot desired(String yaml) {
    var spec = spec(yaml);
    var prompt = spec.prompt() == null ? "" : spec.prompt();
    return DesiredBot.of(spec, new ResolvedInputs(prompt, Optional.empty()));
  }

  private static AvatarSource avatar(String digest) {
    return new AvatarSource(digest, digest, () -> PICTURE);
  }

  private static ChatbotStatus applied(String digest) {
    return new ChatbotStatus(
        1L, List.of(), "bot-1", "slug", null, null, null, digest, null, null, null, List.of());
  }

  private static JsonNode body(DesiredBot desired, SpecField field) {
    return switch (field.body()) {
      case BOT -> desired.bot();
      case VOICE_AGENT -> desired.voiceAgent().orElseThrow();
      case CHAT_WIDGET -> desired.chatWidget().orElseThrow();
    };
  }

  private static JsonNode expectedBody(SpecField field) {
    return field.setIn(
        field.body() == SpecField.Body.BOT ? NOTHING_BUT_THE_REQUIRED.deepCopy() : json("{}"));
  }
}
