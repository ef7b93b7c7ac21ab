package ai.okchat.operator.backend;

import static ai.okchat.operator.backend.BackendManifest.backend;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.api.v1alpha1.ChatbotBackendStatus;
import ai.okchat.client.ApiKey;
import ai.okchat.client.Endpoint;
import ai.okchat.operator.account.Account;
import ai.okchat.operator.account.AccountFixture;
import ai.okchat.operator.account.ListedBots;
import ai.okchat.operator.kubernetes.ServerSideApply;
import ai.okchat.operator.shard.Shard;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.testing.FakeApiServer;
import ai.okchat.operator.testing.MovingClock;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The status of a backend, written whole and only where it differs. */
class BackendStatusFactoryTest {
  private static final Failure FAILURE = Failure.referenceNotFound("The Secret is missing.");

  private final FakeApiServer kubernetes = new FakeApiServer();
  private final MovingClock clock = new MovingClock();
  private final BackendStatusFactory report =
      new BackendStatusFactory(new ServerSideApply(kubernetes.client()), Shard.UNNAMED, clock);

  @AfterEach
  void end() {
    kubernetes.close();
  }

  @Test
  void isReadyWithBotCountWhenBackendResponds() {
    // Given
    var account = account();
    account.inventory().put(ListedBots.bot("a"), true);

    // When
    report.ready(backend("default"), account);

    // Then
    assertThat(written()).containsExactly("Ready True Ready");
    assertThat(status().observedGeneration()).isEqualTo(1L);
    assertThat(status().chatbots()).isZero();
  }

  @Test
  void failureKeepsKnownStatusOfTheAccount() {
    // Given
    var backend = backend("default");
    backend.setStatus(new ChatbotBackendStatus(1L, List.of(), "org-1", 7, null));

    // When
    var isNew = report.failed(backend, FAILURE, MovingClock.START.plusMillis(7_900));

    // Then
    assertThat(isNew).isTrue();
    assertThat(written())
        .containsExactly("Ready False ReferenceNotFound", "Reconciling True ReferenceNotFound");
    assertThat(status().organizationId()).isEqualTo("org-1");
    assertThat(status().chatbots()).isEqualTo(7);
    assertThat(status().rateLimitedUntil()).isEqualTo("2026-03-01T08:00:07Z");
  }

  @Test
  void t24DoesNotWriteAnUnchangedStatus() {
    // Given
    var backend = backend("default");
    report.failed(backend, FAILURE, null);
    backend.setStatus(status());
    clock.pass(Duration.ofHours(1));

    // When
    var isNew = report.failed(backend, FAILURE, null);

    // Then
    assertThat(isNew).isFalse();
    assertThat(kubernetes.writes()).hasSize(1);
  }

  @Test
  void writeHasIdentityButNoSpec() {
    // When
    report.failed(backend("default"), FAILURE, null);

    // Then
    var write = kubernetes.writes().getFirst();
    assertThat(write.path())
        .isEqualTo("/apis/okchat.ai/v1alpha1/namespaces/team-a/chatbotbackends/default/status");
    assertThat(write.body().at("/metadata/uid").asText()).isEqualTo("uid-of-default");
    assertThat(write.body().path("spec").isMissingNode()).isTrue();
  }

  @Test
  void addsFinalizerOnce() {
    // Given
    var finalizer =
        new BackendFinalizer(
            new ServerSideApply(kubernetes.client()),
            new BackendUsage() {
              @Override
              public boolean isReferredTo(BackendKey key) {
                return true;
              }

              @Override
              public boolean isUsed(BackendKey key) {
                return true;
              }

              @Override
              public boolean isUsedElsewhere(BackendKey key) {
                return false;
              }
            },
            Shard.UNNAMED);
    var held = backend("held");
    held.addFinalizer(BackendFinalizer.FINALIZER);

    // When
    finalizer.add(backend("default"));
    finalizer.add(backend("default"));
    finalizer.add(held);

    // Then
    assertThat(kubernetes.writes())
        .extracting(write -> write.body().at("/metadata/finalizers").toString())
        .containsExactly("[\"okchat.ai/finalizer\"]");
  }

  private List<String> written() {
    return status().conditions().stream()
        .map(
            condition ->
                condition.getType() + " " + condition.getStatus() + " " + condition.getReason())
        .toList();
  }

  private ChatbotBackendStatus status() {
    JsonNode body = kubernetes.writes().getLast().body();
    return Serialization.unmarshal(body.toString(), ChatbotBackend.class).getStatus();
  }

  private Account account() {
    var endpoint =
        new Endpoint(HttpUrl.get(BackendManifest.URL), ApiKey.of("a-key"), Duration.ofSeconds(20));
    return AccountFixture.account(endpoint, clock);
  }
}
