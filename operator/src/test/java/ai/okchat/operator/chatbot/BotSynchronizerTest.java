package ai.okchat.operator.chatbot;

import static ai.okchat.operator.chatbot.Manifest.DERIVED_SLUG;
import static ai.okchat.operator.chatbot.Manifest.UID;
import static ai.okchat.operator.chatbot.Manifest.chatbot;
import static ai.okchat.operator.chatbot.Manifest.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.client.Upload;
import ai.okchat.operator.chatbot.SyncResult.Matched;
import ai.okchat.planning.AvatarSource;
import ai.okchat.planning.DesiredBot;
import ai.okchat.planning.ResolvedInputs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One reconciliation from observation to result: its requests, writes and Events. */
class BotSynchronizerTest {
  private static final Upload PICTURE = Upload.of("a.png", "image/png", new byte[] {1, 2, 3});

  private final Scene scene = new Scene();

  @AfterEach
  void end() {
    scene.close();
  }

  @Test
  void newObjectNeedsOneWriteToEachServer() {
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
  void t1WritesClaimBeforeTheCreate() {
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
  @DisplayName("Of two operators that read the same version of an object, one writes the claim")
  void writesClaimOnlyToTheObservedVersion() {
    // Given
    var chatbot = chatbot("");

    // When
    scene.pass(chatbot);

    // Then
    assertThat(scene.kubernetes.writes().getFirst().body().at("/metadata/resourceVersion").asText())
        .isEqualTo(chatbot.getMetadata().getResourceVersion());
  }

  @Test
  void sendsAvatarVoiceAndWidgetInSeparateRequests() {
    // Given
    var spec = "{voiceAgent: {voice: shimmer}, chatWidget: {name: Widget}}";
    var picture = new AvatarSource("sha256:picture", "sha256:picture", () -> PICTURE);
    var desired = DesiredBot.of(spec(spec), inputs(Optional.of(picture)));

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
  void neverSendsAnIgnoredVoiceAgent(String ignored) {
    // Given
    var chatbot = chatbot("{voiceAgent: {voice: shimmer}, ignoreFields: [%s]}".formatted(ignored));

    // When
    var outcome = scene.pass(chatbot);

    // Then
    assertThat(outcome).isInstanceOf(Matched.class);
    assertThat(scene.backend.endpoints()).containsExactly("create-chatbot");
  }

  @Test
  void adoptedBotKeepsItsSlug() {
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
    assertThat(events()).anyMatch(event -> event.startsWith("Adopted: Adopted the bot"));
  }

  @Test
  void changesNothingWhenObservationIsUnknown() {
    // Given
    var desired = DesiredBot.of(spec(""), inputs(Optional.empty()));

    // When
    var outcome =
        scene
            .synchronizer()
            .synchronize(
                chatbot(""), scene.connection(), desired, new Observation.Unknown(Scene.POLL));

    // Then
    assertThat(outcome).isEqualTo(new SyncResult.Unchanged(Scene.POLL));
    assertThat(scene.kubernetes.writes()).isEmpty();
  }

  private void passFails(Chatbot chatbot) {
    assertThatExceptionOfType(PartialSyncException.class).isThrownBy(() -> scene.pass(chatbot));
  }

  private String onlyBot() {
    assertThat(scene.backend.bots()).hasSize(1);
    return scene.backend.bots().getFirst().path("id").asText();
  }

  private List<String> writtenPaths() {
    return scene.kubernetes.writes().stream()
        .map(write -> write.method() + " " + write.path())
        .toList();
  }

  /** Returns all Events of this reconciliation; another thread writes them. */
  private List<String> events() {
    Awaitility.await().until(() -> scene.kubernetes.events().size() >= 2);
    return scene.kubernetes.events();
  }

  private static ResolvedInputs inputs(Optional<AvatarSource> avatar) {
    return new ResolvedInputs("Be brief.", avatar);
  }
}
