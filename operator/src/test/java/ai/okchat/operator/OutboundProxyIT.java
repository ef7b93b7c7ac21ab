package ai.okchat.operator;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.testing.LoopbackProxy;
import ai.okchat.operator.testing.OperatorFixture;
import ai.okchat.operator.testing.OperatorProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The process in a network in which only an HTTP proxy resolves and reaches outside hosts. */
final class OutboundProxyIT {

  private static final String BACKEND = "okchat.corp.invalid";
  private static final String SITE = "docs.corp.invalid";
  private static final String INSIDE = "127.0.0.1";

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  private final MockWebServer site = new MockWebServer();
  private LoopbackProxy proxy;

  @BeforeEach
  void start() throws IOException {
    site.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return request.getUrl().encodedPath().equals("/robots.txt")
                ? new MockResponse.Builder().code(404).build()
                : new MockResponse.Builder()
                    .setHeader("Content-Type", "text/markdown")
                    .body("Read as %s.".formatted(request.getUrl().host()))
                    .build();
          }
        });
    site.start(InetAddress.ofLiteral(INSIDE), 0);
    proxy = LoopbackProxy.start();
    proxy.demand("okchat", "hush");
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    site.close();
  }

  @Test
  void reachesBackendAndSourceThroughTheProxyAndExcludedHostsDirectly() {
    // Given
    world.stopOperator();
    var backend = "%s:%d".formatted(BACKEND, URI.create(world.backend().url()).getPort());
    world.connectBackend("http://" + backend);
    world.applyChatbot("support");
    applyPage("outside", SITE);
    applyPage("inside", INSIDE);
    var environment =
        Map.of("PROXY_URL", proxy.url().replace("//", "//okchat:hush@"), "NO_PROXY", INSIDE);

    // When
    try (var operator =
        OperatorProcess.startIn(world, environment, "--fetch-allow-cidrs=127.0.0.0/8")) {
      var bot = world.awaitId("support");
      awaitReady("outside");
      awaitReady("inside");

      // Then
      assertThat(world.backend().texts(bot))
          .containsExactlyInAnyOrder("Read as " + SITE + ".", "Read as " + INSIDE + ".");
      assertThat(operator.output()).doesNotContain("hush");
    }
    assertThat(proxy.requests().stream().map(OutboundProxyIT::target).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(backend, "%s:%d".formatted(SITE, site.getPort()));
  }

  private void applyPage(String name, String host) {
    world.applySource(
        name, "web: {urls: ['http://%s:%d/%s']}".formatted(host, site.getPort(), name));
  }

  private void awaitReady(String source) {
    Awaitility.await("KnowledgeSource " + source)
        .atMost(OperatorFixture.PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> world.sources(source).get().getStatus(),
            status ->
                status != null && Conditions.isTrue(status.conditions(), ConditionType.Ready));
  }

  /** Returns host and port of a request line. */
  private static String target(String request) {
    return URI.create(request.split(" ", -1)[1]).getAuthority();
  }
}
