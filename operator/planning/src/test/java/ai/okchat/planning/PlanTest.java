package ai.okchat.planning;

import static ai.okchat.planning.PlannedBot.bot;
import static ai.okchat.planning.PlannedBot.desired;
import static ai.okchat.planning.PlannedBot.matching;
import static ai.okchat.planning.PlannedBot.none;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.ChatbotStatus;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {
  private static final Plan NOTHING = new Plan(List.of(), List.of(), List.of(), List.of());

  private static final String REPRESENTED =
      """
      prompt: "\\n\\nYou help."
      greeting: "Hello \\u1112\\u1161\\u11ab\\u1100\\u1173\\u11af"
      snippet: {primaryColor: '#fff', logo: 'https://example.com'}
      voiceAgent: {model: {temperature: 0.7}}
      """;

  /** The same values as a backend returned them that rounds, expands, trims and composes. */
  private static final String STORED =
      """
      {"name": "Support",
       "settings": {"prompt": "You help.", "greeting": "Hello \ud55c\uae00",
                    "snippet": {"primaryColor": "#ffffff", "logo": "https://example.com/"}},
       "voice_widget_config": {"model": {"temperature": 0.699999988079071}}}
      """;

  @Test
  void sendsNothingWhenBotMatchesSpec() {
    // Given
    var desired = desired("{greeting: Hello!, voiceAgent: {voice: shimmer}}");

    // When
    var plan = Plan.of(desired, matching(desired), ChatbotStatus.empty(), none());

    // Then
    assertThat(plan).isEqualTo(NOTHING);
    assertThat(plan.isEmpty()).isTrue();
    assertThat(plan.fieldNames()).isEmpty();
  }

  @Test
  void sendsNothingWhenBackendStoresValuesInItsOwnRepresentation() {
    // Given
    var desired = desired(REPRESENTED);

    // When
    var plan = Plan.of(desired, bot(STORED), ChatbotStatus.empty(), none());
    var listed = Plan.of(desired, bot(STORED).abridged(), ChatbotStatus.empty(), none());

    // Then
    assertThat(plan).isEqualTo(NOTHING);
    assertThat(listed).isEqualTo(NOTHING);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "temperature: 0.7|temperature: 0.8|voice_widget_config.model.temperature",
        "'#fff'|'#000'|settings.snippet.primaryColor",
        "You help.|You helped.|settings.prompt",
        "example.com|example.org|settings.snippet.logo",
        "Hello|Hallo|settings.greeting"
      })
  void sendsEditOfAValueThatBackendStoresInItsOwnRepresentation(
      String before, String after, String field) {
    // Given
    var desired = desired(REPRESENTED.replace(before, after));

    // When
    var plan = Plan.of(desired, bot(STORED), ChatbotStatus.empty(), none());

    // Then
    assertThat(plan.fieldNames()).containsExactly(field);
  }

  @Test
  void groupsDifferencesByRequest() {
    // Given
    var desired =
        desired("{greeting: Hello!, voiceAgent: {voice: shimmer}, chatWidget: {name: n}}");
    var observed = bot("{\"name\": \"Support\", \"settings\": {\"prompt\": \"Be brief.\"}}");

    // When
    var plan = Plan.of(desired, observed, ChatbotStatus.empty(), none());

    // Then
    assertThat(plan)
        .isEqualTo(
            new Plan(
                List.of(new Difference("settings.greeting", TextNode.valueOf("Hello!"), null)),
                List.of(
                    new Difference("voice_widget_config.voice", TextNode.valueOf("shimmer"), null)),
                List.of(),
                List.of(widget(desired))));
    assertThat(plan.fieldNames())
        .containsExactly("settings.greeting", "voice_widget_config.voice", "chat_widget_config");
    assertThat(plan.isEmpty()).isFalse();
  }

  @Test
  void doesNotSendIgnoredFields() {
    // Given
    var desired =
        desired("{greeting: Hello!, personality: {style: Friendly}, voiceAgent: {voice: shimmer}}");
    var observed = bot("{\"name\": \"Support\", \"settings\": {\"prompt\": \"Be brief.\"}}");
    var ignored = List.of("settings.greeting", "personality_config", "voice_widget_config");

    // When
    var plan = Plan.of(desired, observed, ChatbotStatus.empty(), ignored);

    // Then
    assertThat(plan).isEqualTo(NOTHING);
  }

  @Test
  void sendsChatWidgetWhenItsDigestChanged() {
    // Given
    var desired = desired("chatWidget: {name: n}");
    var observed = matching(desired);
    var digest = desired.chatWidgetDigest().orElseThrow();

    // When
    var sent = Plan.of(desired, observed, recorded(null, digest), none());
    var neverSent = Plan.of(desired, observed, ChatbotStatus.empty(), none());
    var edited = Plan.of(desired, observed, recorded(null, "sha256:before"), none());

    // Then
    assertThat(sent).isEqualTo(NOTHING);
    assertThat(neverSent)
        .isEqualTo(new Plan(List.of(), List.of(), List.of(), List.of(widget(desired))));
    assertThat(edited).isEqualTo(neverSent);
  }

  @Test
  void sendsAvatarWhenItChangedOrTheBackendLostIt() {
    // Given
    var desired = desired("", PlannedBot.avatar("sha256:now"));
    var fields = "{\"name\": \"Support\", \"settings\": {\"prompt\": \"Be brief.\"%s}}";
    var withPicture = bot(fields.formatted(", \"avatar\": \"https://files/1.png\""));
    var without = bot(fields.formatted(""));
    var emptied = bot(fields.formatted(", \"avatar\": null"));
    var sent = recorded("sha256:now", null);

    // When
    var unchanged = Plan.of(desired, withPicture, sent, none());
    var changed = Plan.of(desired, withPicture, recorded("sha256:old", null), none());
    var lost = Plan.of(desired, without, sent, none());
    var taken = Plan.of(desired, emptied, sent, none());

    // Then
    assertThat(unchanged).isEqualTo(NOTHING);
    assertThat(changed).isEqualTo(sending(avatar(TextNode.valueOf("https://files/1.png"))));
    assertThat(lost).isEqualTo(sending(avatar(null)));
    assertThat(taken).isEqualTo(lost);
    assertThat(changed.fieldNames()).containsExactly("settings.avatar");
  }

  @Test
  void doesNotSendIgnoredAvatar() {
    // Given
    var desired = desired("", PlannedBot.avatar("sha256:now"));

    // When
    var plan =
        Plan.of(desired, matching(desired), ChatbotStatus.empty(), List.of("settings.avatar"));

    // Then
    assertThat(plan).isEqualTo(NOTHING);
  }

  @Test
  void keepsAvatarOfTheDashboardWithoutAvatarInSpec() {
    // Given
    var observed =
        bot(
            """
            {"name": "Support",
             "settings": {"prompt": "Be brief.", "avatar": "https://files/theirs.png"}}
            """);

    // When
    var plan = Plan.of(desired(""), observed, recorded("sha256:once", null), none());

    // Then
    assertThat(plan).isEqualTo(NOTHING);
  }

  @Test
  void sendsSeparateRequestsAfterACreate() {
    // Given
    var desired =
        desired(
            "{greeting: Hello!, voiceAgent: {vad: {silenceDurationMs: 700}}, chatWidget: {name:"
                + " n}}",
            PlannedBot.avatar("sha256:now"));

    // When
    var plan = Plan.afterCreate(desired, none());

    // Then
    assertThat(plan)
        .isEqualTo(
            new Plan(
                List.of(),
                List.of(
                    new Difference(
                        "voice_widget_config.vad.silence_duration_ms", IntNode.valueOf(700), null)),
                List.of(avatar(null)),
                List.of(widget(desired))));
  }

  @Test
  void sendsNothingAfterACreateWithoutSeparateFields() {
    // When
    var plan = Plan.afterCreate(desired("greeting: Hello!"), none());

    // Then
    assertThat(plan).isEqualTo(NOTHING);
  }

  @Test
  void countsOneCallForEachKindOfRequest() {
    // Given
    var desired =
        desired(
            "{greeting: Hello!, model: gpt-4o, voiceAgent: {voice: shimmer}, chatWidget: {name:"
                + " A}}",
            PlannedBot.avatar("sha256:now"));

    // When
    var plan = Plan.of(desired, bot("{}"), ChatbotStatus.empty(), none());

    // Then
    assertThat(plan.calls()).isEqualTo(4);
    assertThat(plan.avatarOnly().calls()).isEqualTo(1);
    assertThat(Plan.EMPTY.calls()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"voice_widget_config", "voice_widget_config.voice"})
  void doesNotSendIgnoredFieldsAfterACreate(String ignored) {
    // Given
    var desired = desired("voiceAgent: {voice: shimmer}", PlannedBot.avatar("sha256:now"));

    // When
    var plan = Plan.afterCreate(desired, List.of(ignored, "settings.avatar"));

    // Then
    assertThat(plan).isEqualTo(NOTHING);
  }

  private static Plan sending(Difference avatar) {
    return new Plan(List.of(), List.of(), List.of(avatar), List.of());
  }

  private static Difference avatar(@Nullable JsonNode observed) {
    return new Difference("settings.avatar", TextNode.valueOf("sha256:now"), observed);
  }

  private static Difference widget(DesiredBot desired) {
    var brief = desired.chatWidgetDigest().orElseThrow().substring(0, 19);
    return new Difference("chat_widget_config", TextNode.valueOf(brief), null);
  }

  private static ChatbotStatus recorded(@Nullable String avatar, @Nullable String widget) {
    return new ChatbotStatus(
        1L,
        List.of(),
        PlannedBot.ID,
        null,
        null,
        null,
        null,
        null,
        null,
        avatar,
        widget,
        List.of());
  }
}
