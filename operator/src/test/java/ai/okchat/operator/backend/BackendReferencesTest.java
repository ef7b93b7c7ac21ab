package ai.okchat.operator.backend;

import static ai.okchat.operator.backend.BackendManifest.backend;
import static ai.okchat.operator.backend.BackendManifest.clusterBackend;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.BackendObject;
import ai.okchat.api.v1alpha1.CaBundle;
import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.api.v1alpha1.KeyRef;
import ai.okchat.operator.backend.BackendReferences.Outcome;
import ai.okchat.operator.okchat.ApiKey;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.TakingApiServer;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a backend names, read when it is needed; what is missing is said with its fix. */
class BackendReferencesTest {
  private final TakingApiServer kubernetes = new TakingApiServer();

  @AfterEach
  void end() {
    kubernetes.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a-key", "a-key\n", " a-key\r\n", "\ta-key "})
  void a_key_is_taken_without_the_white_space_that_editors_leave(String stored) {
    // Given
    kubernetes.holdsKey("okchat", stored);

    // When
    var outcome = resolve(backend("default"));

    // Then
    assertThat(outcome).isEqualTo(new Outcome.Found(ApiKey.of("a-key"), Optional.empty()));
  }

  @Test
  void a_missing_secret_is_named() {
    // When
    var outcome = resolve(backend("default"));

    // Then
    assertThat(outcome)
        .isEqualTo(
            missing("The Secret okchat does not exist. Create it with the API key under api-key."));
  }

  @Test
  void a_missing_key_is_named() {
    // Given
    kubernetes.holdsKey("okchat", "a-key");

    // When
    var outcome = resolve(backend("default", 1, BackendManifest.URL, "token", null));

    // Then
    assertThat(outcome)
        .isEqualTo(missing("The Secret okchat has no value under token. Put the API key there."));
  }

  @Test
  void an_empty_value_is_as_good_as_none() {
    // Given
    kubernetes.holdsKey("okchat", "");

    // When
    var outcome = resolve(backend("default"));

    // Then
    assertThat(outcome)
        .isEqualTo(missing("The Secret okchat has no value under api-key. Put the API key there."));
  }

  @ParameterizedTest
  @ValueSource(strings = {" \n", "MARKER\nsecond line", "MARKER\u0007", "MARKER key", "MARKERü"})
  void t28_a_value_that_is_no_key_is_refused_and_not_shown(String stored) {
    // Given
    kubernetes.holdsKey("okchat", stored);

    // When
    var outcome = resolve(backend("default"));

    // Then
    assertThat(outcome)
        .isEqualTo(
            missing(
                "The value under api-key in the Secret okchat is no API key: it is blank or holds"
                    + " control characters."));
  }

  @Test
  void a_host_that_the_operator_may_not_call_needs_a_person() {
    // Given
    kubernetes.holdsKey("okchat", "a-key");
    var references = new BackendReferences(kubernetes.client(), Set.of("sandbox", "other.example"));

    // When
    var outcome = references.resolve(backend("default"));

    // Then
    assertThat(outcome)
        .isEqualTo(
            new Outcome.Missing(
                Failure.stalled(
                    Reason.ReferenceNotPermitted,
                    "spec.url names the host v2.okchat.ai, which this operator may not call. Use"
                        + " one of BACKEND_HOSTS (other.example, sandbox).")));
    assertThat(kubernetes.reads()).isZero();
  }

  @Test
  void a_host_among_the_allowed_ones_is_called() {
    // Given
    kubernetes.holdsKey("okchat", "a-key");
    var references = new BackendReferences(kubernetes.client(), Set.of("v2.okchat.ai"));

    // When
    var outcome = references.resolve(backend("default"));

    // Then
    assertThat(outcome).isInstanceOf(Outcome.Found.class);
  }

  @Test
  void a_secret_that_the_operator_may_not_read_says_what_to_grant() {
    // Given
    kubernetes.forbidsReads();

    // When
    var outcome = resolve(backend("default"));

    // Then
    assertThat(outcome)
        .isEqualTo(
            new Outcome.Missing(
                Failure.referenceNotPermitted(
                    "The operator may not read the Secret or ConfigMap that the spec names. Grant"
                        + " its ServiceAccount 'get' in this namespace.")));
  }

  @Test
  void a_ca_bundle_is_read_from_its_config_map() {
    // Given
    kubernetes.holdsKey("okchat", "a-key");
    kubernetes.holdsConfigMap("ca", "PEM");

    // When
    var outcome = resolve(withCa());

    // Then
    assertThat(outcome).isEqualTo(new Outcome.Found(ApiKey.of("a-key"), Optional.of("PEM")));
  }

  @Test
  void a_missing_ca_bundle_is_named() {
    // Given
    kubernetes.holdsKey("okchat", "a-key");

    // When
    var outcome = resolve(withCa());

    // Then
    assertThat(outcome)
        .isEqualTo(
            missing(
                "The ConfigMap ca with the CA certificates under ca.crt does not exist. Create"
                    + " it."));
  }

  @Test
  void the_names_of_what_it_reads_are_those_of_the_spec() {
    // When
    var secrets = BackendLinks.secrets(withCa());
    var configMaps = BackendLinks.configMaps(withCa());

    // Then
    assertThat(secrets).containsExactly(new ResourceID("okchat", "team-a"));
    assertThat(configMaps).containsExactly(new ResourceID("ca", "team-a"));
    assertThat(BackendLinks.configMaps(backend("default"))).isEmpty();
  }

  @Test
  void a_backend_of_the_cluster_reads_where_its_references_say() {
    // Given
    kubernetes.holdsKey("okchat", "a-key");
    kubernetes.holdsConfigMap("ca", "PEM");

    // When
    var outcome = resolve(clusterBackend("shared", null));

    // Then
    assertThat(outcome).isEqualTo(new Outcome.Found(ApiKey.of("a-key"), Optional.of("PEM")));
    assertThat(BackendLinks.secrets(clusterBackend("shared", null)))
        .containsExactly(new ResourceID("okchat", "platform"));
    assertThat(BackendLinks.configMaps(clusterBackend("shared", null)))
        .containsExactly(new ResourceID("ca", "trust"));
  }

  @Test
  void what_it_lacks_is_named_with_its_namespace() {
    // When
    var outcome = resolve(clusterBackend("shared", null));

    // Then
    assertThat(outcome)
        .isEqualTo(
            missing(
                "The Secret okchat in the namespace platform does not exist. Create it with the API"
                    + " key under api-key."));
  }

  private Outcome resolve(BackendObject backend) {
    return new BackendReferences(kubernetes.client(), Set.of()).resolve(backend);
  }

  private static ChatbotBackend withCa() {
    return backend(
        "default", 1, BackendManifest.URL, "api-key", new CaBundle(new KeyRef("ca", "ca.crt")));
  }

  private static Outcome missing(String message) {
    return new Outcome.Missing(Failure.referenceNotFound(message));
  }
}
