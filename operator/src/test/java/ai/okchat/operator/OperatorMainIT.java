package ai.okchat.operator;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.testing.OperatorFixture;
import ai.okchat.operator.testing.OperatorProcess;
import ai.okchat.operator.testing.SharedCluster;
import java.net.URI;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The process: its flags, its errors, its start and its end. */
final class OperatorMainIT {

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  @Test
  void helpNamesEverySetting() {
    try (var operator = OperatorProcess.start(Map.of(), "--help")) {
      // When
      var exit = operator.awaitExit();

      // Then
      assertThat(exit).isZero();
      assertThat(operator.output())
          .contains(
              "--watch-namespaces",
              "--management-port",
              "--reconcile-concurrency",
              "--log-format",
              "--log-level",
              "--leader-election",
              "--operator-namespace",
              "--backend-hosts",
              "--fetch-allow-cidrs");
    }
  }

  @Test
  void allErrorsAreListedAtOnce() {
    try (var operator =
        OperatorProcess.start(
            Map.of("LOG_FORMAT", "xml", "FETCH_ALLOW_CIDRS", "10.0.0.0/99"),
            "--management-port=many")) {
      // When
      var exit = operator.awaitExit();

      // Then
      assertThat(exit).isEqualTo(2);
      assertThat(operator.output())
          .contains(
              "--management-port (MANAGEMENT_PORT) is 'many' and must be a whole number",
              "--log-format (LOG_FORMAT) is 'xml' and must be one of text, json",
              "--fetch-allow-cidrs (FETCH_ALLOW_CIDRS)",
              "Try: okchat-operator --help");
    }
  }

  @Test
  void failsWithAFixWhenTheClusterIsUnreachable() {
    try (var operator =
        OperatorProcess.start(
            Map.of("KUBECONFIG", "/nowhere", "KUBERNETES_MASTER", "http://127.0.0.1:1"),
            "--management-port=0")) {
      // When
      var exit = operator.awaitExit();

      // Then
      assertThat(exit).isEqualTo(1);
      assertThat(operator.output()).contains("Check the kubeconfig, the CRDs");
    }
  }

  @Test
  @DisplayName("T97: proxy variables do not affect the requests to a backend")
  void sendsRequestsToTheBackendWithoutTheProxyOfTheEnvironment() {
    // Given
    world.stopOperator();
    world.connectBackend();
    world.applyChatbot("support");
    var closed = "http://127.0.0.1:1";
    var environment =
        Map.of(
            "HTTPS_PROXY",
            closed,
            "HTTP_PROXY",
            closed,
            "NO_PROXY",
            URI.create(SharedCluster.get().url()).getHost());

    // When
    try (var _ = OperatorProcess.startIn(world, environment)) {

      // Then
      world.awaitReady("support");
    }
  }

  @Test
  void encryptsWithNativeCode() {
    // Given
    world.stopOperator();

    // When
    try (var operator = OperatorProcess.startIn(world)) {
      operator.awaitOutput("'chatbot' controller started");

      // Then
      assertThat(operator.output())
          .contains("Native cryptography was loaded")
          .doesNotContain("WARNING:");
    }
  }

  @Test
  void encryptsWithTheJdkWhenNativeCodeCannotBeLoaded() {
    // Given
    world.stopOperator();
    world.connectBackend();
    world.applyChatbot("support");
    var environment =
        Map.of("JDK_JAVA_OPTIONS", "-Dcom.amazon.corretto.crypto.provider.useExternalLib=true");

    // When
    try (var operator = OperatorProcess.startIn(world, environment)) {
      world.awaitReady("support");

      // Then
      assertThat(operator.output())
          .contains("Native cryptography was not loaded; the operator uses that of the JDK");
    }
  }

  @Test
  @DisplayName("T1: SIGTERM lets a running create finish, and the operator records its bot")
  void recordsBotOfARunningCreateOnSigterm() {
    // Given
    world.stopOperator();
    world.connectBackend();
    world.backend().fault("create-chatbot", "delay", Map.of("delayMillis", 1500));
    try (var operator = OperatorProcess.startIn(world)) {
      operator.awaitOutput("'chatbot' controller started");
      world.applyChatbot("support");
      Awaitility.await()
          .atMost(OperatorFixture.PATIENCE)
          .until(() -> !world.chatbot("support").getMetadata().getFinalizers().isEmpty());

      // When
      operator.askToStop();
      var exit = operator.awaitExit();

      // Then
      assertThat(exit).isEqualTo(143);
      assertThat(world.backend().bots()).hasSize(1);
      assertThat(world.chatbot("support").getStatus().id())
          .isEqualTo(world.backend().bots().getFirst().path("id").asText());
    }
  }
}
