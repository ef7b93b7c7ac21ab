package ai.okchat.operator.chatbot;

import static ai.okchat.operator.chatbot.Manifest.DERIVED_SLUG;
import static ai.okchat.operator.chatbot.Manifest.UID;
import static ai.okchat.operator.chatbot.Manifest.annotated;
import static ai.okchat.operator.chatbot.Manifest.chatbot;
import static ai.okchat.operator.chatbot.Manifest.spec;
import static ai.okchat.operator.chatbot.Manifest.withStatus;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.operator.chatbot.Outcome.Matched;
import ai.okchat.operator.fetch.AddressPolicy;
import ai.okchat.operator.fetch.FetchException;
import ai.okchat.operator.fetch.Fetcher;
import ai.okchat.operator.okchat.FailureKind;
import ai.okchat.operator.okchat.OkChatException;
import ai.okchat.operator.okchat.Upload;
import ai.okchat.operator.status.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.OkHttpClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One pass from observation to outcome: which calls, which writes, which Events. */
class ConvergenceTest {
  private static final Upload PICTURE = Upload.of("a.png", "image/png", new byte[] {1, 2, 3});

  private final Scene scene = new Scene();

  @AfterEach
  void end() {
    scene.close();
  }

  @Test
  void a_new_object_costs_one_write_here_and_one_there() {
    // When
    var outcome = scene.pass(chatbot("greeting: Hello!"));

    // Then
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Matched.class,
            matched -> {
              assertThat(matched.bot().slug()).isEqualTo(DERIVED_SLUG);
              assertThat(matched.drift()).isEmpty();
            });
    assertThat(scene.backend.endpoints()).containsExactly("create-chatbot");
    assertThat(writtenPaths())
        .containsExactly("PATCH /apis/okchat.ai/v1alpha1/namespaces/team-a/chatbots/support");
    assertThat(scene.kubernetes.writes().getFirst().body().at("/metadata/finalizers/0").asText())
        .isEqualTo("okchat.ai/finalizer");
  }

  @Test
  void t1_the_claim_is_written_before_the_bot_is_asked_for() {
    // Given
    scene.backend.fault("create-chatbot", "cut-before", Map.of());

    // When
    passFails(chatbot(""));

    // Then
    var annotations = scene.kubernetes.writes().getFirst().body().at("/metadata/annotations");
    assertThat(annotations.path("okchat.ai/slug").asText()).isEqualTo(DERIVED_SLUG);
    assertThat(annotations.path("okchat.ai/claim").asText())
        .isEqualTo(UID + "@2026-03-01T08:00:00Z");
  }

  @Test
  void avatar_voice_and_widget_follow_in_calls_of_their_own() {
    // Given
    var spec = "{voiceAgent: {voice: shimmer}, chatWidget: {name: Widget}}";
    var picture = new AvatarSource("sha256:picture", () -> PICTURE);
    var desired = Desired.of(spec(spec), inputs(Optional.of(picture)));

    // When
    var outcome = (Matched) scene.pass(chatbot(spec), desired);

    // Then
    assertThat(scene.backend.endpoints())
        .containsExactly(
            "create-chatbot", "update-avatar", "update-voice-agent", "update-chat-widget");
    var bot = scene.backend.bot(outcome.bot().id());
    assertThat(bot.at("/settings/avatar").asText()).startsWith("http");
    assertThat(bot.at("/voice_widget_config/voice").asText()).isEqualTo("shimmer");
    assertThat(bot.at("/voice_widget_config/agentId").asText()).isEqualTo(outcome.bot().id());
    assertThat(bot.at("/chat_widget_config/name").asText()).isEqualTo("Widget");
  }

  @ParameterizedTest
  @ValueSource(strings = {"voice_widget_config", "voice_widget_config.voice"})
  void an_ignored_voice_agent_is_left_to_the_dashboard_from_the_start(String ignored) {
    // Given
    var chatbot = chatbot("{voiceAgent: {voice: shimmer}, ignoreFields: [%s]}".formatted(ignored));

    // When
    var outcome = scene.pass(chatbot);

    // Then
    assertThat(outcome).isInstanceOf(Matched.class);
    assertThat(scene.backend.endpoints()).containsExactly("create-chatbot");
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

  @Test
  void t2_an_answer_that_was_lost_does_not_make_a_second_bot() {
    // Given
    scene.poll();
    scene.backend.fault("create-chatbot", "cut-after", Map.of("times", 1));
    var chatbot = chatbot("");
    passFails(chatbot);
    annotated(chatbot, new Claim(DERIVED_SLUG, UID, scene.clock.instant()).annotations());

    // When
    scene.clock.passSeconds(31);
    var outcome = (Matched) scene.pass(chatbot);

    // Then
    assertThat(scene.backend.bots()).hasSize(1);
    assertThat(outcome.bot().id()).isEqualTo(scene.backend.bots().getFirst().path("id").asText());
    assertThat(scene.backend.count("create-chatbot")).isEqualTo(1);
  }

  @Test
  void b6_a_slug_that_another_account_has_is_taken_and_the_claim_is_given_back() {
    // Given
    scene.backend.acceptKey("another-key", "theirs");
    scene.backend.createInDashboard(
        Map.of("name", "Theirs", "slug", "support", "organization", "theirs"));
    var chatbot = chatbot("slug: support");

    // When
    var outcome = scene.pass(chatbot);

    // Then
    assertThat(outcome).isEqualTo(new Outcome.Held(Identity.slugTaken("support")));
    var last = scene.kubernetes.writes().getLast().body();
    assertThat(last.at("/metadata/finalizers").isMissingNode()).isTrue();
    assertThat(last.at("/metadata/annotations/okchat.ai~1slug").isMissingNode()).isTrue();
    assertThat(scene.backend.bots()).hasSize(1);
  }

  @Test
  void a_spec_that_the_backend_rejects_is_held_in_its_words() {
    // Given
    scene.backend.fault(
        "create-chatbot",
        "status",
        Map.of("status", 422, "body", "{\"error\": \"model: unknown\"}"));

    // When
    var outcome = (Outcome.Held) scene.pass(chatbot(""));

    // Then
    assertThat(outcome.failure().reason()).isEqualTo(Reason.SpecRejected);
    assertThat(outcome.failure().stalled()).isTrue();
    assertThat(outcome.failure().message()).contains("model: unknown");
  }

  @Test
  void t12_a_foreign_bot_gets_no_call_and_the_claim_is_given_back() {
    // Given
    scene.backend.createInDashboard(
        Map.of("name", "By hand", "slug", "copied", "organization", "ours"));
    var chatbot =
        annotated(
            chatbot(""), new Claim("copied", "another-uid", scene.clock.instant()).annotations());

    // When
    var outcome = scene.pass(chatbot);

    // Then
    assertThat(outcome).isEqualTo(new Outcome.Held(Identity.slugTaken("copied")));
    assertThat(scene.backend.endpoints()).isEmpty();
    assertThat(writtenPaths()).hasSize(1);
  }

  @Test
  void a_bot_is_not_lost_when_the_pass_fails_after_its_create() {
    // Given
    scene.backend.fault("update-voice-agent", "status", Map.of("status", 500));

    // When
    var unfinished =
        assertThatExceptionOfType(UnfinishedException.class)
            .isThrownBy(() -> scene.pass(chatbot("voiceAgent: {voice: shimmer}")))
            .actual();

    // Then
    assertThat(unfinished.bot().id()).isEqualTo(onlyBot());
    assertThat(((OkChatException) unfinished.failure()).kind()).isEqualTo(FailureKind.UNAVAILABLE);
  }

  @Test
  void nor_when_its_picture_can_not_be_fetched() {
    // Given
    var fetcher = new Fetcher(new OkHttpClient(), new AddressPolicy(List.of()));
    var picture =
        new AvatarSource(
            "sha256:link",
            () -> {
              fetcher.fetchImage("spec.avatar.url", "http://127.0.0.1:9/a.png");
              return PICTURE;
            });
    var desired = Desired.of(spec(""), inputs(Optional.of(picture)));

    // When
    var unfinished =
        assertThatExceptionOfType(UnfinishedException.class)
            .isThrownBy(() -> scene.pass(chatbot(""), desired))
            .actual();

    // Then
    assertThat(unfinished.bot().id()).isEqualTo(onlyBot());
    assertThat(unfinished.failure()).isInstanceOf(FetchException.class);
  }

  @Test
  void an_adopted_bot_is_held_under_the_slug_that_it_has() {
    // Given
    scene.backend.createInDashboard(
        Map.of("name", "By hand", "slug", "support", "organization", "ours"));
    var chatbot = chatbot("{slug: support, adoption: BySlug}");

    // When
    var outcome = (Matched) scene.pass(chatbot);

    // Then
    assertThat(outcome.bot().id()).isEqualTo(onlyBot());
    var annotations = scene.kubernetes.writes().getFirst().body().at("/metadata/annotations");
    assertThat(annotations.path("okchat.ai/slug").asText()).isEqualTo("support");
    assertThat(events()).anyMatch(it -> it.startsWith("Adopted: Took over the bot"));
  }

  @Test
  void what_is_not_known_changes_nothing() {
    // Given
    var desired = Desired.of(spec(""), inputs(Optional.empty()));

    // When
    var outcome =
        scene
            .convergence()
            .converge(chatbot(""), scene.connection(), desired, new Observation.Unseen(Scene.POLL));

    // Then
    assertThat(outcome).isEqualTo(new Outcome.Unchanged(Scene.POLL));
    assertThat(scene.kubernetes.writes()).isEmpty();
  }

  /** An object whose bot was made, with the status and marks that the pass left. */
  private Chatbot applied(String yaml) {
    var chatbot = chatbot(yaml);
    var matched = (Matched) scene.pass(chatbot);
    var claim = new Claim(DERIVED_SLUG, UID, scene.clock.instant());
    annotated(chatbot, claim.annotations()).addFinalizer("okchat.ai/finalizer");
    return withStatus(chatbot, ChatbotReport.matched(chatbot, matched, scene.clock.instant()));
  }

  /** As somebody would, and the next list shows it; no time passes. */
  private void changeBehindOurBack(String id, String greeting) {
    scene.backend.changeInDashboard(id, Map.of("settings", Map.of("greeting", greeting)));
    scene.connection().account().inventory().refresh();
  }

  private void passFails(Chatbot chatbot) {
    assertThatExceptionOfType(OkChatException.class).isThrownBy(() -> scene.pass(chatbot));
  }

  private static String id(Chatbot chatbot) {
    return requireNonNull(chatbot.getStatus().id());
  }

  private String onlyBot() {
    assertThat(scene.backend.bots()).hasSize(1);
    return scene.backend.bots().getFirst().path("id").asText();
  }

  private List<String> writtenPaths() {
    return scene.kubernetes.writes().stream().map(it -> it.method() + " " + it.path()).toList();
  }

  /** Events are written beside the pass; all of them that this pass asked for. */
  private List<String> events() {
    Awaitility.await().until(() -> scene.kubernetes.events().size() >= 2);
    return scene.kubernetes.events();
  }

  private static Inputs inputs(Optional<AvatarSource> avatar) {
    return new Inputs("Be brief.", avatar, Optional.empty());
  }
}
