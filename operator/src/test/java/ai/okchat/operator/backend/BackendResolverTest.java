package ai.okchat.operator.backend;

import static ai.okchat.operator.backend.BackendManifest.backend;
import static ai.okchat.operator.backend.BackendManifest.clusterBackend;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.AllowedNamespaces;
import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.client.CallObserver;
import ai.okchat.operator.account.AccountRegistry;
import ai.okchat.operator.backend.BackendResolution.Connected;
import ai.okchat.operator.backend.BackendResolution.Unresolved;
import ai.okchat.operator.scheduling.BackgroundPermits;
import ai.okchat.operator.testing.FakeApiServer;
import ai.okchat.operator.testing.MovingClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** T8, T27: where backend objects lead, and what is kept when they lead nowhere any more. */
class BackendResolverTest {
  private static final NamespaceAccess TEAM_A = new NamespaceAccess("team-a", Map.of());
  private static final BackendKey DEFAULT = BackendKey.of(backend("default"));

  private final FakeApiServer kubernetes = new FakeApiServer();
  private final AccountRegistry accounts =
      new AccountRegistry(
          CallObserver.NONE, new BackgroundPermits(10), new MovingClock(), new MovingClock());
  private final Set<BackendKey> used = new HashSet<>();
  private final List<BackendKey> told = new ArrayList<>();
  private final BackendResolver connections =
      BackendResolver.create(
          kubernetes.client(), Set.of(), accounts, new OkHttpClient(), new UsedBackends(used));

  /** The backends that a test calls used. */
  private record UsedBackends(Set<BackendKey> used) implements BackendUsage {
    @Override
    public boolean isReferredTo(BackendKey backend) {
      return used.contains(backend);
    }

    @Override
    public boolean isUsed(BackendKey backend) {
      return used.contains(backend);
    }

    @Override
    public boolean isUsedElsewhere(BackendKey backend) {
      return false;
    }
  }

  BackendResolverTest() {
    connections.addListener(told::add);
    kubernetes.holdsKey("okchat", "first-key");
  }

  @AfterEach
  void end() {
    accounts.close();
    kubernetes.close();
  }

  @Test
  void resolvesBackendToAccountAndPolicies() {
    // When
    var connection = connected(backend("default"));

    // Then
    assertThat(connection.backend()).isEqualTo(DEFAULT);
    assertThat(connection.account().id().url()).isEqualTo("https://v2.okchat.ai/");
    assertThat(connection.requestTimeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(connection.pollInterval()).isEqualTo(Duration.ofHours(1));
    assertThat(connections.backendsOf(connection.account().id())).containsExactly(DEFAULT);
  }

  @Test
  void doesNotResolveTheSameGenerationAgain() {
    // Given
    var first = connected(backend("default"));

    // When
    var again = connected(backend("default"));

    // Then
    assertThat(again).isEqualTo(first);
    assertThat(kubernetes.reads()).isEqualTo(1);
  }

  @Test
  void resolvesANewGeneration() {
    // Given
    connected(backend("default"));

    // When
    var now = connected(backend("default", 2, "https://other.example", "api-key", null));

    // Then
    assertThat(now.account().id().url()).isEqualTo("https://other.example/");
    assertThat(told).containsExactly(DEFAULT);
  }

  @Test
  void ignoresOlderGenerationOfALaggingCache() {
    // Given
    var newer = connected(backend("default", 2, "https://other.example", "api-key", null));

    // When
    var older = connected(backend("default"));

    // Then
    assertThat(older).isEqualTo(newer);
  }

  @Test
  void twoBackendsWithOneUrlAndKeyShareAnAccount() {
    // When
    var one = connected(backend("default"));
    var other = connected(backend("other"));

    // Then
    assertThat(other.account()).isSameAs(one.account());
    assertThat(connections.backendsOf(one.account().id()))
        .containsExactlyInAnyOrder(DEFAULT, BackendKey.of(backend("other")));
  }

  @Test
  void deniesNamespaceThatIsNotAllowed() {
    // Given
    var shared = clusterBackend("shared", new AllowedNamespaces(List.of("team-a"), null));
    kubernetes.holdsKey("okchat", "first-key");

    // When
    var denied = connections.of(shared, new NamespaceAccess("team-b", Map.of()));

    // Then
    assertThat(connections.of(shared, TEAM_A)).isInstanceOf(BackendResolution.Followed.class);
    assertThat(denied)
        .isEqualTo(
            new BackendResolution.Denied(
                new NamespaceAccess("team-b", Map.of()).denied(BackendKey.of(shared))));
  }

  @Test
  void t27ChangedKeyLeadsToAnotherAccountAndNotifies() {
    // Given
    var before = connected(backend("default"));
    kubernetes.holdsKey("okchat", "second-key");

    // When
    connections.refresh(backend("default"));
    var now = connected(backend("default"));

    // Then
    assertThat(now.account().id()).isNotEqualTo(before.account().id());
    assertThat(connections.backendsOf(before.account().id())).isEmpty();
    assertThat(told).containsExactly(DEFAULT);
  }

  @Test
  void t27NotifiesOfEachOfTwoChanges() {
    // Given
    connected(backend("default"));

    // When
    kubernetes.holdsKey("okchat", "second-key");
    connections.refresh(backend("default"));
    kubernetes.holdsKey("okchat", "third-key");
    connections.refresh(backend("default"));

    // Then
    assertThat(told).containsExactly(DEFAULT, DEFAULT);
  }

  @Test
  void doesNotNotifyWithoutAChange() {
    // Given
    connected(backend("default"));

    // When
    connections.refresh(backend("default"));
    connections.refresh(backend("default"));

    // Then
    assertThat(told).isEmpty();
    assertThat(kubernetes.reads()).isEqualTo(3);
  }

  @Test
  void t8KeepsLastWorkingConnectionWithoutItsSecret() {
    // Given
    var connection = connected(backend("default"));
    connections.recordSuccess(connection);
    kubernetes.losesKey("okchat");

    // When
    var now = connections.refresh(backend("default"));

    // Then
    assertThat(now).isInstanceOf(Unresolved.class);
    assertThat(connections.lastGood(DEFAULT)).contains(connection);
    assertThat(connections.backendsOf(connection.account().id())).containsExactly(DEFAULT);
  }

  @Test
  void dropsConnectionThatNeverWorked() {
    // Given
    connected(backend("default"));

    // When
    var kept = connections.lastGood(DEFAULT);

    // Then
    assertThat(kept).isEmpty();
  }

  @Test
  void t8KeepsConnectionOfADeletedBackendWhileBotsUseIt() {
    // Given
    var connection = connected(backend("default"));
    connections.recordSuccess(connection);
    used.add(DEFAULT);

    // When
    connections.forget(DEFAULT);

    // Then
    assertThat(connections.lastGood(DEFAULT)).contains(connection);
  }

  @Test
  void dropsConnectionOfADeletedBackendWithItsLastUser() {
    // Given
    connections.recordSuccess(connected(backend("default")));
    used.add(DEFAULT);
    connections.forget(DEFAULT);
    connections.dropUnused(DEFAULT);
    var whileUsed = connections.lastGood(DEFAULT);

    // When
    used.clear();
    connections.dropUnused(DEFAULT);

    // Then
    assertThat(whileUsed).isPresent();
    assertThat(connections.lastGood(DEFAULT)).isEmpty();
  }

  @Test
  void dropsUnusedConnectionWithItsBackend() {
    // Given
    var connection = connected(backend("default"));
    connections.recordSuccess(connection);

    // When
    connections.forget(DEFAULT);

    // Then
    assertThat(connections.lastGood(DEFAULT)).isEmpty();
    assertThat(connections.backendsOf(connection.account().id())).isEmpty();
  }

  @Test
  void resolvesARecreatedBackend() {
    // Given
    connected(backend("default", 5, BackendManifest.URL, "api-key", null));
    var anew = backend("default", 1, "https://other.example", "api-key", null);
    anew.getMetadata().setUid("another-uid");

    // When
    var connection = connected(anew);

    // Then
    assertThat(connection.account().id().url()).isEqualTo("https://other.example/");
  }

  private Connection connected(ChatbotBackend backend) {
    return ((Connected) connections.of(backend, TEAM_A)).connection();
  }
}
