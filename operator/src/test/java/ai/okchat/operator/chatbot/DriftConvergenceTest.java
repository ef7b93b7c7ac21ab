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
import ai.okchat.operator.chatbot.Outcome.Matched;
import ai.okchat.operator.okchat.Upload;
import ai.okchat.operator.status.Reason;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** T16, T24, B1: edits, drift, and passes with nothing to do. */
class DriftConvergenceTest {
  private static final Upload PICTURE = Upload.of("a.png", "image/png", new byte[] {1, 2, 3});

  private final Scene scene = new Scene();

  @AfterEach
  void end() {
    scene.close();
  }

  @Test
  void t24_a_second_pass_over_the_same_costs_nothing() {
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
  void b1_an_edit_is_one_read_and_one_patch_and_keeps_what_it_does_not_know() {
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
  void drift_is_put_right_and_told() {
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
            "DriftCorrected: Somebody changed settings.greeting in the backend; put back what the"
                + " spec asks for.");
  }

  @Test
  void t16_drift_that_keeps_coming_back_is_named_and_not_fought() {
    // Given
    var chatbot = applied("greeting: Hello!");
    var id = id(chatbot);
    for (var i = 0; i < DriftHistory.CONTEST; i++) {
      changeBehindOurBack(id, "Hi " + i);
      scene.pass(chatbot);
    }
    changeBehindOurBack(id, "Hi again");
    scene.backend.clearJournal();

    // When
    var outcome = (Matched) scene.pass(chatbot);

    // Then
    assertThat(outcome.why()).isEqualTo(Reason.DriftContested);
    assertThat(outcome.drift()).extracting(Difference::path).containsExactly("settings.greeting");
    assertThat(scene.backend.count("update-chatbot")).isZero();
  }

  @Test
  void under_report_drift_stays_and_is_in_the_outcome() {
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
  @DisplayName("T85: a field that is removed or ignored leaves reported drift of another")
  void leavesReportedDriftWhenAnotherFieldIsRemovedOrIgnored(String edited) {
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
  void sendsRequestedAvatarAndLeavesReportedDrift() {
    // Given
    var spec = "{greeting: Hello!, driftPolicy: Report}";
    var first = new AvatarSource("sha256:first", "sha256:link", () -> PICTURE);
    var again = new AvatarSource("sha256:again", "sha256:link", () -> PICTURE);
    var chatbot = applied(spec, desired(spec, first));
    changeBehindOurBack(id(chatbot), "Hi");
    scene.backend.clearJournal();

    // When
    var outcome = (Matched) scene.pass(chatbot, desired(spec, again));
    var status = ChatbotReport.matched(chatbot, outcome, scene.clock.instant());

    // Then
    assertThat(scene.backend.endpoints()).containsExactly("update-avatar");
    assertThat(outcome.drift()).extracting(Difference::path).containsExactly("settings.greeting");
    assertThat(status.avatarDigest()).isEqualTo("sha256:again");
  }

  @Test
  @DisplayName("T80: a bot that is listed and not found by its ID is waited for, and said")
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
            new Outcome.Held(OwnershipFailures.awaitingSight(Scene.POLL), chatbot.getStatus()));
    assertThat(scene.backend.count("update-chatbot")).isZero();
  }

  @Test
  void under_ignore_drift_stays_and_nothing_is_said() {
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
  void under_report_a_picture_that_was_taken_away_is_in_the_outcome_until_it_is_back() {
    // Given
    var inputs = new Inputs("You help.", avatar("sha256:picture"));
    var desired = Desired.of(spec("driftPolicy: Report"), inputs);
    var chatbot = applied("driftPolicy: Report", desired);
    scene.backend.changeInDashboard(id(chatbot), Map.of("settings", mapOfNull("avatar")));
    scene.connection().account().inventory().refresh();
    scene.backend.clearJournal();

    // When
    var first = (Matched) scene.pass(chatbot, desired);
    var seen = withStatus(chatbot, ChatbotReport.matched(chatbot, first, scene.clock.instant()));
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
  void under_ignore_a_spec_that_takes_a_bot_over_is_written_as_any_edit() {
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
  void an_edit_goes_through_under_report_too() {
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
    chatbot.setStatus(ChatbotReport.matched(chatbot, outcome, scene.clock.instant()));
  }

  private static Desired desired(String yaml, AvatarSource avatar) {
    return Desired.of(spec(yaml), new Inputs("Be brief.", Optional.of(avatar)));
  }

  /** An object whose bot was made, with the status and marks that the pass left. */
  private Chatbot applied(String yaml) {
    return applied(yaml, Scene.desired(chatbot(yaml)));
  }

  private Chatbot applied(String yaml, Desired desired) {
    var chatbot = chatbot(yaml);
    var matched = (Matched) scene.pass(chatbot, desired);
    var claim = new Claim(DERIVED_SLUG, UID, scene.clock.instant());
    annotated(chatbot, claim.annotations()).addFinalizer("okchat.ai/finalizer");
    return withStatus(chatbot, ChatbotReport.matched(chatbot, matched, scene.clock.instant()));
  }

  /** As somebody would, and the next list shows it; no time passes. */
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

  /** Events are written beside the pass; all of them that this pass asked for. */
  private List<String> events() {
    Awaitility.await().until(() -> scene.kubernetes.events().size() >= 2);
    return scene.kubernetes.events();
  }
}
