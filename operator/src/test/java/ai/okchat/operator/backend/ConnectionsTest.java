package ai.okchat.operator.backend;

import static ai.okchat.operator.backend.BackendManifest.backend;
import static ai.okchat.operator.backend.BackendManifest.clusterBackend;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.AllowedNamespaces;
import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.operator.backend.Resolution.Connected;
import ai.okchat.operator.backend.Resolution.Unresolved;
import ai.okchat.operator.okchat.CallObserver;
import ai.okchat.operator.testing.MovingClock;
import ai.okchat.operator.testing.TakingApiServer;
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
class ConnectionsTest {
  private static final Tenant TEAM_A = new Tenant("team-a", Map.of());
  private static final BackendKey DEFAULT = BackendKey.of(backend("default"));

  private final TakingApiServer kubernetes = new TakingApiServer();
  private final Accounts accounts =
      new Accounts(CallObserver.NONE, new Seats(10), new MovingClock(), new MovingClock());
  private final Set<BackendKey> used = new HashSet<>();
  private final List<BackendKey> told = new ArrayList<>();
  private final Connections connections =
      Connections.create(
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

  ConnectionsTest() {
    connections.addListener(told::add);
    kubernetes.holdsKey("okchat", "first-key");
  }

  @AfterEach
  void end() {
    accounts.close();
    kubernetes.close();
  }

  @Test
  void a_backend_leads_to_an_account_and_says_how_to_treat_it() {
    // When
    var connection = connected(backend("default"));

    // Then
    assertThat(connection.backend()).isEqualTo(DEFAULT);
    assertThat(connection.account().id().url()).isEqualTo("https://v2.okchat.ai/");
    assertThat(connection.requestTimeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(connection.pollInterval()).isEqualTo(Duration.ofHours(1));
    assertThat(connections.leadingTo(connection.account().id())).containsExactly(DEFAULT);
  }

  @Test
  void the_same_generation_is_not_looked_at_again() {
    // Given
    var first = connected(backend("default"));

    // When
    var again = connected(backend("default"));

    // Then
    assertThat(again).isEqualTo(first);
    assertThat(kubernetes.reads()).isEqualTo(1);
  }

  @Test
  void a_new_generation_is() {
    // Given
    connected(backend("default"));

    // When
    var now = connected(backend("default", 2, "https://other.example", "api-key", null));

    // Then
    assertThat(now.account().id().url()).isEqualTo("https://other.example/");
    assertThat(told).containsExactly(DEFAULT);
  }

  @Test
  void an_older_generation_of_a_cache_that_lags_is_not() {
    // Given
    var newer = connected(backend("default", 2, "https://other.example", "api-key", null));

    // When
    var older = connected(backend("default"));

    // Then
    assertThat(older).isEqualTo(newer);
  }

  @Test
  void two_backends_with_one_address_and_one_key_share_an_account() {
    // When
    var one = connected(backend("default"));
    var other = connected(backend("other"));

    // Then
    assertThat(other.account()).isSameAs(one.account());
    assertThat(connections.leadingTo(one.account().id()))
        .containsExactlyInAnyOrder(DEFAULT, BackendKey.of(backend("other")));
  }

  @Test
  void who_is_not_allowed_is_denied_though_others_are_connected() {
    // Given
    var shared = clusterBackend("shared", new AllowedNamespaces(List.of("team-a"), null));
    kubernetes.holdsKey("okchat", "first-key");

    // When
    var denied = connections.of(shared, new Tenant("team-b", Map.of()));

    // Then
    assertThat(connections.of(shared, TEAM_A)).isInstanceOf(Resolution.Followed.class);
    assertThat(denied)
        .isEqualTo(
            new Resolution.Denied(new Tenant("team-b", Map.of()).denied(BackendKey.of(shared))));
  }

  @Test
  void t27_a_changed_key_leads_to_another_account_and_tells_who_listens() {
    // Given
    var before = connected(backend("default"));
    kubernetes.holdsKey("okchat", "second-key");

    // When
    connections.refresh(backend("default"));
    var now = connected(backend("default"));

    // Then
    assertThat(now.account().id()).isNotEqualTo(before.account().id());
    assertThat(connections.leadingTo(before.account().id())).isEmpty();
    assertThat(told).containsExactly(DEFAULT);
  }

  @Test
  void t27_two_changes_in_a_row_are_both_told() {
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
  void a_look_that_finds_the_same_tells_nobody() {
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
  void t8_the_connection_that_last_worked_outlives_its_secret() {
    // Given
    var connection = connected(backend("default"));
    connections.proved(connection);
    kubernetes.losesKey("okchat");

    // When
    var now = connections.refresh(backend("default"));

    // Then
    assertThat(now).isInstanceOf(Unresolved.class);
    assertThat(connections.lastGood(DEFAULT)).contains(connection);
    assertThat(connections.leadingTo(connection.account().id())).containsExactly(DEFAULT);
  }

  @Test
  void a_connection_that_never_worked_is_not_kept() {
    // Given
    connected(backend("default"));

    // When
    var kept = connections.lastGood(DEFAULT);

    // Then
    assertThat(kept).isEmpty();
  }

  @Test
  void t8_it_outlives_its_backend_while_bots_use_it() {
    // Given
    var connection = connected(backend("default"));
    connections.proved(connection);
    used.add(DEFAULT);

    // When
    connections.forget(DEFAULT);

    // Then
    assertThat(connections.lastGood(DEFAULT)).contains(connection);
  }

  @Test
  void without_users_it_is_forgotten_with_its_backend() {
    // Given
    var connection = connected(backend("default"));
    connections.proved(connection);

    // When
    connections.forget(DEFAULT);

    // Then
    assertThat(connections.lastGood(DEFAULT)).isEmpty();
    assertThat(connections.leadingTo(connection.account().id())).isEmpty();
  }

  @Test
  void a_backend_that_was_made_anew_under_the_same_name_is_looked_at() {
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
