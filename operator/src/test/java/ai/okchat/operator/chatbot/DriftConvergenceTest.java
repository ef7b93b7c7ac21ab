package ai.okchat.operator.chatbot;

import static ai.okchat.operator.chatbot.Manifest.DERIVED_SLUG;
import static ai.okchat.operator.chatbot.Manifest.UID;
import static ai.okchat.operator.chatbot.Manifest.annotated;
import static ai.okchat.operator.chatbot.Manifest.chatbot;
import static ai.okchat.operator.chatbot.Manifest.spec;
import static ai.okchat.operator.chatbot.Manifest.withStatus;
import static ai.okchat.operator.chatbot.ObservedBot.avatar;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.client.Upload;
import ai.okchat.operator.chatbot.SyncResult.Matched;
import ai.okchat.operator.status.Reason;
import ai.okchat.planning.AvatarSource;
import ai.okchat.planning.DesiredBot;
import ai.okchat.planning.Difference;
import ai.okchat.planning.ResolvedInputs;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** T16, T24, B1: edits, drift, and reconciliations without a change. */
class DriftConvergenceTest {
  private static final Upload PICTURE = Upload.of("a.png", "image/png", new byte[] {1, 2, 3});

  private final Scene scene = new Scene();

  @AfterEach
  void end() {
    scene.close();
  }

  @Test
  void t24SecondReconciliationSendsNothing() {
    // Given
    var chatbot =
        applied("{greeting: Hello!, voiceAgent: {voice: shimmer}, chatWidget: {name: n}}");
    scene.backend.clearJournal();
    var writes = scene.kubernetes.writes().size();

    // When
    for (var pass = 0; pass < 10; pass++) {
      scene.poll();
      scene.pass(chatbot);
    }

    // Then
    assertThat(scene.backend.endpoints()).isEmpty();
    assertThat(scene.kubernetes.writes()).hasSize(writes);
  }

  @Test
  @DisplayName("T17: a backend that stores values in its own representation is not written again")
  void sendsNothingInHundredPollsWhenBackendChangesOnlyTheRepresentation() {
    // Given
    var chatbot =
        applied(
            "{prompt: \"\\n"
                + "\\n"
                + "You help.\", greeting: \"\\u1112\\u1161\\u11ab\", snippet: {primaryColor:"
                + " '#fff', logo: 'https://example.com'}, voiceAgent: {model: {temperature:"
                + " 0.7}}}");
    scene.backend.changeInDashboard(
        id(chatbot),
        Map.of(
            "settings",
            Map.of(
                "prompt",
                "You help.",
                "greeting",
                "한",
                "snippet",
                Map.of("primaryColor", "#ffffff", "logo", "https://example.com/")),
            "voice_widget_config",
            Map.of("model", Map.of("temperature", 0.699999988079071))));
    scene.backend.clearJournal();

    // When
    for (var pass = 0; pass < 100; pass++) {
      scene.poll();
      scene.pass(chatbot);
    }

    // Then
    var bot = scene.backend.bot(id(chatbot));
    assertThat(bot.at("/settings/snippet/primaryColor").asText()).isEqualTo("#ffffff");
    assertThat(scene.backend.endpoints()).isEmpty();
    assertThat(((Matched) scene.pass(chatbot)).drift()).isEmpty();
  }

  @Test
  void b1EditIsOneReadAndOnePatchAndKeepsUnknownFields() {
    // Given
    var chatbot = applied("prompt: Old.");
    var id = id(chatbot);
    scene.backend.changeInDashboard(
        id, Map.of("settings", Map.of("avatar", "https://files/1.png", "theirs", "kept")));
    scene.backend.clearJournal();

    // When
    chatbot.setSpec(spec("prompt: New."));
    scene.pass(chatbot);

    // Then
    assertThat(scene.backend.endpoints()).containsExactly("get-chatbot", "update-chatbot");
    var settings = scene.backend.bot(id).path("settings");
    assertThat(settings.path("prompt").asText()).isEqualTo("New.");
    assertThat(settings.path("avatar").asText()).isEqualTo("https://files/1.png");
    assertThat(settings.path("theirs").asText()).isEqualTo("kept");
    assertThat(events()).contains("Updated: Updated settings.prompt.");
  }

  @Test
  void correctsDriftAndRecordsAnEvent() {
    // Given
    var chatbot = applied("greeting: Hello!");
    var id = id(chatbot);
    scene.backend.changeInDashboard(id, Map.of("settings", Map.of("greeting", "Hi")));
    scene.poll();

    // When
    var outcome = (Matched) scene.pass(chatbot);

    // Then
    assertThat(outcome.drift()).isEmpty();
    assertThat(scene.backend.bot(id).at("/settings/greeting").asText()).isEqualTo("Hello!");
    assertThat(events())
        .contains(
            "DriftCorrected: Another client changed settings.greeting in the backend. The"
                + " operator corrected it.");
  }

  @Test
  void t16ReportsRecurringDriftWithoutCorrectingIt() {
    // Given
    var chatbot = applied("greeting: Hello!");
    var id = id(chatbot);
    for (var i = 0; i < DriftHistory.RECURRENCE_LIMIT; i++) {
      changeBehindOurBack(id, "Hi " + i);
      scene.pass(chatbot);
    }
    changeBehindOurBack(id, "Hi again");
    scene.backend.clearJournal();

    // When
    var outcome = (Matched) scene.pass(chatbot);

    // Then
    assertThat(outcome.why()).isEqualTo(Reason.DriftRecurring);
    assertThat(outcome.drift()).extracting(Difference::path).containsExactly("settings.greeting");
    assertThat(scene.backend.count("update-chatbot")).isZero();
  }

  @Test
  void keepsAndReportsDriftUnderReport() {
    // Given
    var chatbot = applied("{greeting: Hello!, driftPolicy: Report}");
    var id = id(chatbot);
    changeBehindOurBack(id, "Hi");
    scene.backend.clearJournal();

    // When
    var outcome = (Matched) scene.pass(chatbot);

    // Then
    assertThat(outcome.why()).isEqualTo(Reason.Drifted);
    assertThat(outcome.drift()).extracting(Difference::path).containsExactly("settings.greeting");
    assertThat(scene.backend.endpoints()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{greeting: Hello!, driftPolicy: Report}",
        "{greeting: Hello!, model: gpt-4o, ignoreFields: [settings.model], driftPolicy: Report}"
      })
  @DisplayName("T85: a field that is removed or ignored does not clear reported drift of another")
  void keepsReportedDriftWhenAnotherFieldIsRemovedOrIgnored(String edited) {
    // Given
    var chatbot = applied("{greeting: Hello!, model: gpt-4o, driftPolicy: Report}");
    changeBehindOurBack(id(chatbot), "Hi");
    scene.backend.clearJournal();

    // When
    chatbot.setSpec(spec(edited));
    var outcome = (Matched) scene.pass(chatbot);

    // Then
    assertThat(scene.backend.endpoints()).isEmpty();
    assertThat(outcome.drift()).extracting(Difference::path).containsExactly("settings.greeting");
  }

  @Test
  @DisplayName("T85: a field that is no longer ignored is an edit")
  void writesFieldThatIsNoLongerIgnored() {
    // Given
    var chatbot = applied("{greeting: Hello!, driftPolicy: Report}");
    changeBehindOurBack(id(chatbot), "Hi");
    edit(chatbot, "{greeting: Hello!, ignoreFields: [settings.greeting], driftPolicy: Report}");

    // When
    chatbot.setSpec(spec("{greeting: Hello!, driftPolicy: Report}"));
    scene.pass(chatbot);

    // Then
    assertThat(scene.backend.bot(id(chatbot)).at("/settings/greeting").asText())
        .isEqualTo("Hello!");
  }

  @Test
  @DisplayName("T85: an avatar that a user requests again is sent, and reported drift stays")
  void sendsRequestedAvatarAndKeepsReportedDrift() {
    // Given
    var spec = "{greeting: Hello!, driftPolicy: Report}";
    var first = new AvatarSource("sha256:first", "sha256:link", () -> PICTURE);
    var again = new AvatarSource("sha256:again", "sha256:link", () -> PICTURE);
    var chatbot = applied(spec, desired(spec, first));
    changeBehindOurBack(id(chatbot), "Hi");
    scene.backend.clearJournal();

    // When
    var outcome = (Matched) scene.pass(chatbot, desired(spec, again));
    var status = ChatbotStatusFactory.matched(chatbot, outcome, scene.clock.instant());

    // Then
    assertThat(scene.backend.endpoints()).containsExactly("update-avatar");
    assertThat(outcome.drift()).extracting(Difference::path).containsExactly("settings.greeting");
    assertThat(status.avatarDigest()).isEqualTo("sha256:again");
  }

  @Test
  @DisplayName(
      "T80: a bot that is listed and not found by its ID is retried, and the status says it")
  void waitsForABotThatIsListedAndNotFound() {
    // Given
    var chatbot = applied("greeting: Hello!");
    changeBehindOurBack(id(chatbot), "Hi");
    scene.backend.fault(
        "get-chatbot", "status", Map.of("status", 404, "body", "{\"error\": \"\"}"));

    // When
    var outcome = scene.pass(chatbot);

    // Then
    assertThat(outcome)
        .isEqualTo(
            new SyncResult.Blocked(
                OwnershipFailures.awaitingVisibility(Scene.POLL), chatbot.getStatus()));
    assertThat(scene.backend.count("update-chatbot")).isZero();
  }

  @ParameterizedTest(name = "after {0}")
  @CsvSource({"PT0S, PT1S", "PT0.5S, PT1S", "PT40S, PT40S", "PT5M, PT5M", "PT3H, PT5M"})
  @DisplayName("T80: the wait for a bot that is listed and not found doubles up to five minutes")
  void waitsAsLongAgainForABotThatIsNotFound(Duration waited, Duration delay) {
    // Given
    var interval = Duration.ofSeconds(1);
    var chatbot = applied("greeting: Hello!");
    var waiting = OwnershipFailures.awaitingVisibility(interval);
    var since = Instant.parse("2026-03-01T08:00:00Z");
    chatbot.setStatus(ChatbotStatusFactory.failed(chatbot, waiting, chatbot.getStatus(), since));

    // When
    var next = BotObserver.untilVisible(chatbot, interval, since.plus(waited));

    // Then
    assertThat(next).isEqualTo(delay);
  }

  @Test
  void keepsDriftWithoutAReportUnderIgnore() {
    // Given
    var chatbot = applied("{greeting: Hello!, driftPolicy: Ignore}");
    changeBehindOurBack(id(chatbot), "Hi");
    scene.backend.clearJournal();

    // When
    var outcome = (Matched) scene.pass(chatbot);

    // Then
    assertThat(outcome.drift()).isEmpty();
    assertThat(scene.backend.endpoints()).isEmpty();
  }

  @Test
  void reportsRemovedAvatarUnderReportUntilItIsBack() {
    // Given
    var inputs = new ResolvedInputs("You help.", avatar("sha256:picture"));
    var desired = DesiredBot.of(spec("driftPolicy: Report"), inputs);
    var chatbot = applied("driftPolicy: Report", desired);
    scene.backend.changeInDashboard(id(chatbot), Map.of("settings", mapOfNull("avatar")));
    scene.connection().account().inventory().refresh();
    scene.backend.clearJournal();

    // When
    var first = (Matched) scene.pass(chatbot, desired);
    var seen =
        withStatus(chatbot, ChatbotStatusFactory.matched(chatbot, first, scene.clock.instant()));
    var second = (Matched) scene.pass(seen, desired);

    // Then
    assertThat(List.of(first, second))
        .extracting(Matched::why, Matched::drift)
        .containsOnly(
            tuple(
                Reason.Drifted,
                List.of(
                    new Difference("settings.avatar", TextNode.valueOf("sha256:picture"), null))));
    assertThat(scene.backend.endpoints()).isEmpty();
  }

  @Test
  void writesSpecToAnAdoptedBotUnderIgnore() {
    // Given
    scene.backend.createInDashboard(
        Map.of("name", "Theirs", "slug", "support", "settings", Map.of("greeting", "Hi")));
    var chatbot =
        chatbot("{slug: support, adoption: BySlug, greeting: Hello!, driftPolicy: Ignore}");

    // When
    var outcome = (Matched) scene.pass(chatbot);

    // Then
    assertThat(outcome.drift()).isEmpty();
    assertThat(scene.backend.bot(outcome.bot().id()).at("/settings/greeting").asText())
        .isEqualTo("Hello!");
  }

  @Test
  void syncsAnEditUnderReport() {
    // Given
    var chatbot = applied("{greeting: Hello!, driftPolicy: Report}");

    // When
    chatbot.setSpec(spec("{greeting: Welcome!, driftPolicy: Report}"));
    scene.pass(chatbot);

    // Then
    assertThat(scene.backend.bot(id(chatbot)).at("/settings/greeting").asText())
        .isEqualTo("Welcome!");
  }

  /** Reconciles the edited object and keeps its status. */
  private void edit(Chatbot chatbot, String yaml) {
    chatbot.setSpec(spec(yaml));
    var outcome = (Matched) scene.pass(chatbot);
    chatbot.setStatus(ChatbotStatusFactory.matched(chatbot, outcome, scene.clock.instant()));
  }

  private static DesiredBot desired(String yaml, AvatarSource avatar) {
    return DesiredBot.of(spec(yaml), new ResolvedInputs("Be brief.", Optional.of(avatar)));
  }

  /** An object with a bot, with the status and annotations that the reconciliation wrote. */
  private Chatbot applied(String yaml) {
    return applied(yaml, Scene.desired(chatbot(yaml)));
  }

  private Chatbot applied(String yaml, DesiredBot desired) {
    var chatbot = chatbot(yaml);
    var matched = (Matched) scene.pass(chatbot, desired);
    var claim = new Claim(DERIVED_SLUG, UID, scene.clock.instant());
    annotated(chatbot, claim.annotations()).addFinalizer("okchat.ai/finalizer");
    return withStatus(
        chatbot, ChatbotStatusFactory.matched(chatbot, matched, scene.clock.instant()));
  }

  /** Changes the bot as another client would: the next list shows it, and no time passes. */
  private void changeBehindOurBack(String id, String greeting) {
    scene.backend.changeInDashboard(id, Map.of("settings", Map.of("greeting", greeting)));
    scene.connection().account().inventory().refresh();
  }

  private static Map<String, Object> mapOfNull(String key) {
    var map = new HashMap<String, Object>();
    map.put(key, null);
    return map;
  }

  private static String id(Chatbot chatbot) {
    return requireNonNull(chatbot.getStatus().id());
  }

  /** Returns all Events of this reconciliation; another thread writes them. */
  private List<String> events() {
    Awaitility.await().until(() -> scene.kubernetes.events().size() >= 2);
    return scene.kubernetes.events();
  }
}
