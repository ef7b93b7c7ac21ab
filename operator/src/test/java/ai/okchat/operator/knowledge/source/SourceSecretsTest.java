package ai.okchat.operator.knowledge.source;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.SecretRef;
import ai.okchat.operator.knowledge.source.SourceSecrets.Values;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.testing.InMemoryApiServer;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which Secrets a source may name. */
class SourceSecretsTest {

  private static final InMemoryApiServer API = new InMemoryApiServer(Clock.systemUTC());

  private static final AtomicInteger NUMBER = new AtomicInteger();

  @AfterAll
  static void stop() {
    API.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Opaque", "kubernetes.io/basic-auth", "kubernetes.io/ssh-auth"})
  void readsTypesThatContainCredentials(String type) {
    // Given
    var name = create(type);

    // When
    var values = read(name);

    // Then
    assertThat(values).isEqualTo(new Values.Found(Map.of("token", "planted")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kubernetes.io/service-account-token",
        "kubernetes.io/dockerconfigjson",
        "kubernetes.io/tls",
        "bootstrap.kubernetes.io/token",
        "helm.sh/release.v1",
        "example.com/anything"
      })
  @DisplayName("T94: a Secret of a type that has no credentials for sources is rejected")
  void rejectsEveryOtherType(String type) {
    // Given
    var name = create(type);

    // When
    var values = read(name);

    // Then
    assertThat(values)
        .isEqualTo(
            new Values.Missing(
                Failure.referenceNotPermitted(
                    "spec.web.headersSecretRef names the Secret %s of type %s, which the operator does not send to a source. Use a Secret of one of the types Opaque, kubernetes.io/basic-auth, kubernetes.io/ssh-auth."
                        .formatted(name, type))));
  }

  @Test
  void treatsSecretWithoutTypeAsOpaque() {
    // Given
    var name = create(null);

    // When
    var values = read(name);

    // Then
    assertThat(values).isInstanceOf(Values.Found.class);
  }

  @Test
  void readsASecretForAllowedHosts() {
    // Given
    var name = create("Opaque");

    // When
    var values = read(name, Set.of("git.example.com", "docs.example.com"));

    // Then
    assertThat(values).isEqualTo(new Values.Found(Map.of("token", "planted")));
  }

  @Test
  @DisplayName("T94: a Secret is not sent to a host that SOURCE_HOSTS does not name")
  void rejectsHostThatIsNotAllowed() {
    // Given
    var name = create("Opaque");

    // When
    var values = read(name, Set.of("git.example.com"));

    // Then
    assertThat(values)
        .isEqualTo(
            new Values.Missing(
                Failure.referenceNotPermitted(
                    "spec.web.headersSecretRef would send the Secret %s to the host docs.example.com, which this operator does not send Secrets to. Use one of SOURCE_HOSTS (git.example.com), or no Secret."
                        .formatted(name))));
  }

  private static Values read(String name) {
    return read(name, Set.of());
  }

  private static Values read(String name, Set<String> allowedHosts) {
    return new SourceSecrets(API.client(), allowedHosts)
        .read("team", new SecretRef(name), "spec.web.headersSecretRef", Set.of("docs.example.com"));
  }

  private static String create(@Nullable String type) {
    var name = "secret-" + NUMBER.incrementAndGet();
    API.create(
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace("team")
            .withName(name)
            .endMetadata()
            .withType(type)
            .addToData(
                "token",
                Base64.getEncoder().encodeToString("planted\n".getBytes(StandardCharsets.UTF_8)))
            .build());
    return name;
  }
}
