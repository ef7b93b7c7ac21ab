package ai.okchat.operator.chatbot;

import static ai.okchat.operator.chatbot.Manifest.annotated;
import static ai.okchat.operator.chatbot.Manifest.chatbot;
import static ai.okchat.operator.chatbot.Manifest.withStatus;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.client.FailureKind;
import ai.okchat.client.OkChatException;
import ai.okchat.operator.backend.BackendResolution.Unresolved;
import ai.okchat.operator.chatbot.BotRemoval.Verdict;
import ai.okchat.operator.status.ConditionValue.Truth;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.status.Requeue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** T8, T10, T12, T35: removing the bot of an object, and only that bot. */
class BotRemovalTest {
  private final Scene scene = new Scene();

  @AfterEach
  void end() {
    scene.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 204})
  void t35DeletesBotOnceAndVerifiesItsAbsence(int status) {
    // Given
    scene.backend.flip("deleteStatus", status);
    var other = made("other");
    var id = made("support");

    // When
    var verdict = advance(withStatus(chatbot(""), scene.recorded(id)));

    // Then
    assertThat(verdict).isEqualTo(new Verdict.Release(Optional.of(id)));
    assertThat(scene.backend.endpoints()).containsExactly("delete-chatbot", "get-chatbot");
    assertThat(ids()).containsExactly(other);
    assertThat(scene.connection().account().inventory().bot(id)).isEmpty();
  }

  @Test
  void t35AbsentBotIsASuccess() {
    // Given
    made("other");
    var id = made("support");
    scene.backend.deleteInDashboard(id);

    // When
    var verdict = advance(withStatus(chatbot(""), scene.recorded(id)));

    // Then
    assertThat(verdict).isEqualTo(new Verdict.Release(Optional.of(id)));
    assertThat(scene.backend.count("delete-chatbot")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "delete-chatbot, 401, CREDENTIALS_REJECTED",
    "delete-chatbot, 403, CREDENTIALS_REJECTED",
    "delete-chatbot, 429, RATE_LIMITED",
    "delete-chatbot, 500, UNAVAILABLE",
    "get-chatbot, 500, UNAVAILABLE",
    "get-chatbot, 403, CREDENTIALS_REJECTED",
    "*, 401, CREDENTIALS_REJECTED",
    "*, 503, UNAVAILABLE"
  })
  void t10KeepsFinalizerWithoutAConclusiveResponse(String endpoint, int status, FailureKind kind) {
    // Given
    var id = made("support");
    scene.backend.fault(endpoint, "status", Map.of("status", status));

    // When
    var rejection =
        assertThatExceptionOfType(OkChatException.class)
            .isThrownBy(() -> advance(withStatus(chatbot(""), scene.recorded(id))));

    // Then
    rejection.matches(e -> e.kind() == kind);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 404})
  void t10WebPageIsInconclusiveWithAnyStatus(int status) {
    // Given
    var id = made("support");
    scene.backend.fault("delete-chatbot", "html", Map.of("status", status));

    // When
    var rejection =
        assertThatExceptionOfType(OkChatException.class)
            .isThrownBy(() -> advance(withStatus(chatbot(""), scene.recorded(id))));

    // Then
    rejection.matches(e -> e.kind() == FailureKind.UNEXPECTED_RESPONSE);
    assertThat(ids()).containsExactly(id);
  }

  @Test
  void waitsWhenAnAcceptedDeletionHasNoEffect() {
    // Given
    var id = made("support");
    scene.backend.fault(
        "delete-chatbot", "status", Map.of("status", 200, "body", "{\"message\": \"ok\"}"));

    // When
    var verdict = advance(withStatus(chatbot(""), scene.recorded(id)));

    // Then
    assertThat(verdict)
        .isEqualTo(
            new Verdict.Wait(
                new Failure(
                    Truth.Unknown,
                    Reason.Deleting,
                    "The backend accepted the deletion and still shows the bot.",
                    false,
                    Requeue.in(Duration.ofSeconds(5)))));
  }

  @Test
  void deletesNothingInAnotherAccount() {
    // Given
    var id = made("support");
    var status = scene.recorded(id, "support", "another-org");

    // When
    var verdict = advance(withStatus(chatbot(""), status));

    // Then
    assertThat(verdict).isEqualTo(new Verdict.Wait(OwnershipFailures.accountChanged(status)));
    assertThat(ids()).containsExactly(id);
  }

  @Test
  void t8ReportsMissingConnectionToTheBackend() {
    // Given
    var missing = Failure.referenceNotFound("The Secret okchat does not exist.");
    var chatbot = withStatus(chatbot(""), scene.recorded("bot-1"));

    // When
    var verdict = scene.removal().advance(chatbot, new Unresolved(missing));

    // Then
    assertThat(verdict).isEqualTo(new Verdict.BackendUnreachable(missing));
  }

  @ParameterizedTest
  @CsvSource({"200, {\"chatbots\": 1}", "401, {}", "403, {}", "503, {}"})
  @DisplayName("T60: a deletion by ID needs no list")
  void deletesByIdWhileTheListFails(int status, String body) {
    // Given
    var id = made("support");
    var chatbot = withStatus(chatbot(""), scene.recorded(id, "support", organization(id)));
    scene.backend.fault("list-chatbots", "status", Map.of("status", status, "body", body));

    // When
    var verdict = advance(chatbot);

    // Then
    assertThat(verdict).isEqualTo(new Verdict.Release(Optional.of(id)));
    assertThat(ids()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"another-slug, true", "support, false"})
  @DisplayName("T60: a bot that is not as recorded is not deleted without a list")
  void keepsABotThatDiffersFromTheRecordWhileTheListFails(String slug, boolean ofThisAccount) {
    // Given
    var id = made("support");
    var organization = ofThisAccount ? organization(id) : "another-org";
    var chatbot = withStatus(chatbot(""), scene.recorded(id, slug, organization));
    scene.backend.fault("list-chatbots", "status", Map.of("status", 503));

    // When
    var failure =
        assertThatExceptionOfType(OkChatException.class).isThrownBy(() -> advance(chatbot));

    // Then
    failure.matches(e -> e.kind() == FailureKind.UNAVAILABLE);
    assertThat(ids()).containsExactly(id);
    assertThat(scene.backend.count("delete-chatbot")).isZero();
  }

  @Test
  @DisplayName("T53: an account that does not know the ID completes no deletion without a list")
  void keepsFinalizerWhenTheListFailsAndTheIdIsUnknown() {
    // Given
    made("other");
    var chatbot = withStatus(chatbot(""), scene.recorded("bot-of-another-account"));
    scene.backend.fault("list-chatbots", "status", Map.of("status", 403));

    // When
    var failure =
        assertThatExceptionOfType(OkChatException.class).isThrownBy(() -> advance(chatbot));

    // Then
    failure.matches(e -> e.kind() == FailureKind.CREDENTIALS_REJECTED);
    assertThat(scene.backend.endpoints()).containsExactly("get-chatbot");
  }

  @Test
  @DisplayName("T45: an ID of another origin is not used while the list fails")
  void sendsNothingForAnIdOfAnotherOriginWhileTheListFails() {
    // Given
    var id = made("support");
    var chatbot = withStatus(chatbot(""), scene.recordedElsewhere(id, "support"));
    scene.backend.fault("list-chatbots", "status", Map.of("status", 503));

    // When
    assertThatExceptionOfType(OkChatException.class).isThrownBy(() -> advance(chatbot));

    // Then
    assertThat(scene.backend.endpoints()).isEmpty();
    assertThat(ids()).containsExactly(id);
  }

  @Test
  @DisplayName("T54: a claim with a time in the future delays a deletion by two graces at most")
  void waitsNoLongerForAClaimInTheFuture() {
    // Given
    var claim = Manifest.UID + "@" + scene.clock.instant().plus(Duration.ofDays(365));
    var chatbot =
        annotated(
            chatbot("slug: support"),
            Map.of("okchat.ai/slug", "support", "okchat.ai/claim", claim));
    chatbot.getMetadata().setDeletionTimestamp(scene.clock.instant().toString());
    made("other");
    var grace = scene.connection().createGrace();
    var first = advance(chatbot);

    // When
    scene.clock.pass(grace.multipliedBy(2));
    scene.poll();
    scene.poll();
    var last = advance(chatbot);

    // Then
    assertThat(first).isEqualTo(new Verdict.Wait(OwnershipFailures.awaitingCreate(grace)));
    assertThat(last).isInstanceOf(Verdict.Orphan.class);
  }

  private Verdict advance(Chatbot chatbot) {
    return scene.removal().advance(chatbot, scene.resolution());
  }

  private String made(String slug) {
    var bot = Map.of("name", "By hand", "slug", slug, "organization", "ours");
    return scene.backend.createInDashboard(bot).path("id").asText();
  }

  private String organization(String id) {
    return scene.backend.bot(id).path("organization_id").asText();
  }

  private List<String> ids() {
    return scene.backend.bots().stream().map(bot -> bot.path("id").asText()).toList();
  }
}
