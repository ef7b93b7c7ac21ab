package ai.okchat.operator.chatbot;

import static ai.okchat.operator.chatbot.Manifest.DERIVED_SLUG;
import static ai.okchat.operator.chatbot.Manifest.UID;
import static ai.okchat.operator.chatbot.Manifest.annotated;
import static ai.okchat.operator.chatbot.Manifest.chatbot;
import static ai.okchat.operator.chatbot.Manifest.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.client.FailureKind;
import ai.okchat.client.OkChatException;
import ai.okchat.client.Upload;
import ai.okchat.operator.chatbot.SyncResult.Matched;
import ai.okchat.operator.fetch.AddressPolicy;
import ai.okchat.operator.fetch.FetchException;
import ai.okchat.operator.fetch.ImageFetcher;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import ai.okchat.planning.AvatarSource;
import ai.okchat.planning.DesiredBot;
import ai.okchat.planning.ResolvedInputs;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** T2, T12, B6: creates that the backend rejected, or whose result is unknown. */
class RefusedCreateTest {
  private static final Upload PICTURE = Upload.of("a.png", "image/png", new byte[] {1, 2, 3});

  private final Scene scene = new Scene();

  @AfterEach
  void end() {
    scene.close();
  }

  @Test
  void t2LostResponseCreatesNoSecondBot() {
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
  void b6RemovesClaimWhenAnotherAccountHasTheSlug() {
    // Given
    scene.backend.acceptKey("another-key", "theirs");
    scene.backend.createInDashboard(
        Map.of("name", "Theirs", "slug", "support", "organization", "theirs"));
    var chatbot = chatbot("slug: support");

    // When
    var outcome = scene.pass(chatbot);

    // Then
    assertThat(outcome).isEqualTo(disowned(OwnershipFailures.slugTaken("support")));
    var last = scene.kubernetes.writes().getLast().body();
    assertThat(last.at("/metadata/finalizers").isMissingNode()).isTrue();
    assertThat(last.at("/metadata/annotations/okchat.ai~1slug").isMissingNode()).isTrue();
    assertThat(scene.backend.bots()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "401, CREDENTIALS_REJECTED",
    "402, QUOTA_EXCEEDED",
    "403, CREDENTIALS_REJECTED",
    "429, RATE_LIMITED"
  })
  @DisplayName("T48: a conclusively rejected create removes the claim, so it proves nothing later")
  void removesClaimAfterAConclusiveRejection(int status, FailureKind kind) {
    // Given
    var chatbot = chatbot("slug: support");
    scene.backend.fault(
        "create-chatbot", "status", Map.of("status", status, "body", "{\"error\": \"no\"}"));

    // When
    var unfinished = unfinishedPass(chatbot, Scene.desired(chatbot));

    // Then
    assertThat(((OkChatException) unfinished.failure()).kind()).isEqualTo(kind);
    assertThat(lastMetadata().path("annotations").path("okchat.ai/slug").isMissingNode()).isTrue();
    assertThat(lastMetadata().path("finalizers").isMissingNode()).isTrue();
  }

  @Test
  @DisplayName("T48: the claim is removed before the lookup that follows a rejected create")
  void removesClaimBeforeTheLookupAfterARejectedCreate() {
    // Given
    scene.backend.acceptKey("another-key", "theirs");
    scene.backend.createInDashboard(
        Map.of("name", "Theirs", "slug", "support", "organization", "theirs"));
    scene.poll();
    scene.clock.passSeconds(1);
    scene.backend.fault(
        "list-chatbots", "status", Map.of("status", 500, "skip", 1)); // The one after the create.
    var chatbot = chatbot("slug: support");

    // When
    var failure =
        assertThatExceptionOfType(OkChatException.class).isThrownBy(() -> scene.pass(chatbot));

    // Then
    failure.matches(e -> e.kind() == FailureKind.UNAVAILABLE);
    assertThat(scene.backend.endpoints()).containsExactly("create-chatbot");
    assertThat(lastMetadata().path("annotations").path("okchat.ai/slug").isMissingNode()).isTrue();
  }

  @Test
  @DisplayName("T46: a bot that got the slug meanwhile is not adopted after a conflict")
  void adoptsNoBotThatIsFoundAfterAConflict() {
    // Given
    scene.poll();
    scene.clock.passSeconds(1);
    var chatbot = chatbot("slug: support");
    var absent = scene.observe(chatbot);
    var foreign =
        scene.backend.createInDashboard(
            Map.of("name", "By hand", "slug", "support", "organization", "ours"));

    // When
    var outcome =
        scene
            .synchronizer()
            .synchronize(chatbot, scene.connection(), Scene.desired(chatbot), absent);

    // Then
    assertThat(outcome).isEqualTo(disowned(OwnershipFailures.slugTaken("support")));
    assertThat(scene.backend.bot(foreign.path("id").asText()).path("name").asText())
        .isEqualTo("By hand");
  }

  @Test
  void quotesBackendWhenItRejectsTheSpec() {
    // Given
    scene.backend.fault(
        "create-chatbot",
        "status",
        Map.of("status", 422, "body", "{\"error\": \"model: unknown\"}"));

    // When
    var outcome = (SyncResult.Blocked) scene.pass(chatbot(""));

    // Then
    assertThat(outcome.failure().reason()).isEqualTo(Reason.SpecRejected);
    assertThat(outcome.failure().stalled()).isTrue();
    assertThat(outcome.failure().message()).contains("model: unknown");
  }

  @Test
  void t12RemovesClaimWhenAnotherOwnerHasTheSlug() {
    // Given
    scene.backend.createInDashboard(
        Map.of("name", "By hand", "slug", "copied", "organization", "ours"));
    var chatbot =
        annotated(
            chatbot(""), new Claim("copied", "another-uid", scene.clock.instant()).annotations());

    // When
    var outcome = scene.pass(chatbot);

    // Then
    assertThat(outcome).isEqualTo(disowned(OwnershipFailures.slugTaken("copied")));
    assertThat(scene.backend.endpoints()).isEmpty();
    assertThat(writtenPaths()).hasSize(1);
  }

  @Test
  void keepsBotWhenTheReconciliationFailsAfterItsCreate() {
    // Given
    scene.backend.fault("update-voice-agent", "status", Map.of("status", 500));

    // When
    var chatbot = chatbot("voiceAgent: {voice: shimmer}");
    var unfinished = unfinishedPass(chatbot, Scene.desired(chatbot));

    // Then
    assertThat(unfinished.known().id()).isEqualTo(onlyBot());
    assertThat(((OkChatException) unfinished.failure()).kind()).isEqualTo(FailureKind.UNAVAILABLE);
  }

  @Test
  void keepsBotWhenItsAvatarCannotBeFetched() {
    // Given
    var fetcher = new ImageFetcher(new OkHttpClient(), new AddressPolicy(List.of()));
    var picture =
        new AvatarSource(
            "sha256:link",
            "sha256:link",
            () -> {
              fetcher.fetchImage("spec.avatar.url", "http://127.0.0.1:9/a.png");
              return PICTURE;
            });
    var desired = DesiredBot.of(spec(""), inputs(Optional.of(picture)));

    // When
    var unfinished = unfinishedPass(chatbot(""), desired);

    // Then
    assertThat(unfinished.known().id()).isEqualTo(onlyBot());
    assertThat(unfinished.failure()).isInstanceOf(FetchException.class);
  }

  @Test
  void keepsBotAfterAnUnexpectedException() {
    // Given
    var bug = new IllegalStateException("a bug");
    var picture =
        new AvatarSource(
            "sha256:link",
            "sha256:link",
            () -> {
              throw bug;
            });
    var desired = DesiredBot.of(spec(""), inputs(Optional.of(picture)));

    // When
    var unfinished = unfinishedPass(chatbot(""), desired);

    // Then
    assertThat(unfinished.known().id()).isEqualTo(onlyBot());
    assertThat(unfinished.failure()).isSameAs(bug);
  }

  private PartialSyncException unfinishedPass(Chatbot chatbot, DesiredBot desired) {
    return assertThatExceptionOfType(PartialSyncException.class)
        .isThrownBy(() -> scene.pass(chatbot, desired))
        .actual();
  }

  private static SyncResult disowned(Failure failure) {
    return new SyncResult.Blocked(failure, ChatbotStatus.empty());
  }

  private void passFails(Chatbot chatbot) {
    assertThatExceptionOfType(PartialSyncException.class).isThrownBy(() -> scene.pass(chatbot));
  }

  private String onlyBot() {
    assertThat(scene.backend.bots()).hasSize(1);
    return scene.backend.bots().getFirst().path("id").asText();
  }

  private JsonNode lastMetadata() {
    return scene.kubernetes.writes().getLast().body().path("metadata");
  }

  private List<String> writtenPaths() {
    return scene.kubernetes.writes().stream()
        .map(write -> write.method() + " " + write.path())
        .toList();
  }

  private static ResolvedInputs inputs(Optional<AvatarSource> avatar) {
    return new ResolvedInputs("Be brief.", avatar);
  }
}
