package ai.okchat.operator.chatbot;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.Backend;
import ai.okchat.operator.testing.OperatorFixture;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** Keys and prompts with planted markers, and a search through all that anybody can read. */
final class SecretsStaySecretIT {

  private static final String PROMPT = "PLANTED-PROMPT-7f3a never say this";

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  @Test
  @DisplayName("T28 B9: no key and no prompt in status, Events, logs, metrics")
  void showsNoSecretAnywhere() throws IOException, InterruptedException {
    // Given
    var logged = new ListAppender<ILoggingEvent>();
    logged.start();
    var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(logged);
    world.connectBackend();

    // When: each way to succeed and to fail passes by, and the backend echoes what it was sent.
    world.applyChatbot("support", "prompt: " + PROMPT);
    world.awaitReady("support");
    var echo = "{\"error\":\"bad value: %s with %s\"}".formatted(PROMPT, Backend.API_KEY);
    world.backend().fault("update-chatbot", "status", Map.of("status", 400, "body", echo));
    world.applyChatbot("support", "prompt: " + PROMPT, "greeting: Hello");
    world.awaitReason("support", Reason.SpecRejected);
    world.backend().clearFaults();
    world.backend().fault("*", "status", Map.of("status", 500, "body", echo));
    world.applyChatbot("support", "prompt: " + PROMPT, "greeting: Hello again");
    world.awaitReason("support", Reason.BackendUnavailable);
    world.awaitBackendReason(Reason.BackendUnavailable);
    root.detachAppender(logged);

    // Then
    assertThat(Serialization.asYaml(world.chatbot("support").getStatus()))
        .doesNotContain("PLANTED");
    assertThat(Serialization.asYaml(world.backendObject())).doesNotContain("PLANTED");
    assertThat(Serialization.asYaml(world.events("support"))).doesNotContain("PLANTED");
    assertThat(metrics()).contains("okchat_backend_call_seconds").doesNotContain("PLANTED");
    assertThat(text(List.copyOf(logged.list))).doesNotContain("PLANTED");
  }

  private String metrics() throws IOException, InterruptedException {
    var uri =
        URI.create("http://127.0.0.1:%d/metrics".formatted(world.operator().managementPort()));
    try (var http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    }
  }

  private static String text(List<ILoggingEvent> events) {
    return events.stream()
        .map(
            event ->
                event.getFormattedMessage()
                    + event.getKeyValuePairs()
                    + (event.getThrowableProxy() == null
                        ? ""
                        : ThrowableProxyUtil.asString(event.getThrowableProxy())))
        .collect(Collectors.joining("\n"));
  }
}
