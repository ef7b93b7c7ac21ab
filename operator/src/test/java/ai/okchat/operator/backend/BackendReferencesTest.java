package ai.okchat.operator.backend;

import static ai.okchat.operator.backend.BackendManifest.backend;
import static ai.okchat.operator.backend.BackendManifest.clusterBackend;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.BackendObject;
import ai.okchat.api.v1alpha1.CaBundle;
import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.api.v1alpha1.KeyRef;
import ai.okchat.client.ApiKey;
import ai.okchat.operator.backend.BackendReferences.Outcome;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.FakeApiServer;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets and ConfigMaps that a backend names: read on use, and an error names the fix. */
class BackendReferencesTest {
  private final FakeApiServer kubernetes = new FakeApiServer();

  @AfterEach
  void end() {
    kubernetes.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a-key", "a-key\n", " a-key\r\n", "\ta-key "})
  void trimsWhiteSpaceAroundKey(String stored) {
    // Given
    kubernetes.holdsKey("okchat", stored);

    // When
    var outcome = resolve(backend("default"));

    // Then
    assertThat(outcome).isEqualTo(new Outcome.Found(ApiKey.of("a-key"), Optional.empty()));
  }

  @Test
  void namesMissingSecret() {
    // When
    var outcome = resolve(backend("default"));

    // Then
    assertThat(outcome)
        .isEqualTo(
            missing("The Secret okchat does not exist. Create it with the API key under api-key."));
  }

  @Test
  void namesMissingKey() {
    // Given
    kubernetes.holdsKey("okchat", "a-key");

    // When
    var outcome = resolve(backend("default", 1, BackendManifest.URL, "token", null));

    // Then
    assertThat(outcome)
        .isEqualTo(missing("The Secret okchat has no value under token. Put the API key there."));
  }

  @Test
  void treatsEmptyValueAsMissing() {
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
  void t28RejectsInvalidKeyWithoutShowingIt(String stored) {
    // Given
    kubernetes.holdsKey("okchat", stored);

    // When
    var outcome = resolve(backend("default"));

    // Then
    assertThat(outcome)
        .isEqualTo(
            missing(
                "The value under api-key in the Secret okchat is not an API key: it is blank or"
                    + " contains control characters."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://a..b", "https://example.com:99999", "https://[::1"})
  @DisplayName("T92: a URL that the HTTP client cannot parse is rejected by name")
  void rejectsUrlThatCannotBeParsed(String url) {
    // Given
    kubernetes.holdsKey("okchat", "a-key");

    // When
    var outcome = resolve(backend("default", 1, url, "api-key", null));

    // Then
    assertThat(outcome)
        .isEqualTo(
            new Outcome.Missing(
                Failure.stalled(
                    Reason.SpecRejected,
                    "spec.url has no valid host or port. Write a URL such as"
                        + " https://v2.okchat.ai.")));
  }

  @Test
  void stallsWhenHostIsNotAllowed() {
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
  void acceptsAllowedHost() {
    // Given
    kubernetes.holdsKey("okchat", "a-key");
    var references = new BackendReferences(kubernetes.client(), Set.of("v2.okchat.ai"));

    // When
    var outcome = references.resolve(backend("default"));

    // Then
    assertThat(outcome).isInstanceOf(Outcome.Found.class);
  }

  @Test
  void namesMissingPermissionForSecret() {
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
  void readsCaBundleFromItsConfigMap() {
    // Given
    kubernetes.holdsKey("okchat", "a-key");
    kubernetes.holdsConfigMap("ca", "PEM");

    // When
    var outcome = resolve(withCa());

    // Then
    assertThat(outcome).isEqualTo(new Outcome.Found(ApiKey.of("a-key"), Optional.of("PEM")));
  }

  @Test
  void namesMissingCaBundle() {
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
  void returnsReferencesOfTheSpec() {
    // When
    var secrets = BackendRefs.secrets(withCa());
    var configMaps = BackendRefs.configMaps(withCa());

    // Then
    assertThat(secrets).containsExactly(new ResourceID("okchat", "team-a"));
    assertThat(configMaps).containsExactly(new ResourceID("ca", "team-a"));
    assertThat(BackendRefs.configMaps(backend("default"))).isEmpty();
  }

  @Test
  void clusterBackendReadsNamespaceOfItsReferences() {
    // Given
    kubernetes.holdsKey("okchat", "a-key");
    kubernetes.holdsConfigMap("ca", "PEM");

    // When
    var outcome = resolve(clusterBackend("shared", null));

    // Then
    assertThat(outcome).isEqualTo(new Outcome.Found(ApiKey.of("a-key"), Optional.of("PEM")));
    assertThat(BackendRefs.secrets(clusterBackend("shared", null)))
        .containsExactly(new ResourceID("okchat", "platform"));
    assertThat(BackendRefs.configMaps(clusterBackend("shared", null)))
        .containsExactly(new ResourceID("ca", "trust"));
  }

  @Test
  void namesMissingReferenceWithItsNamespace() {
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
