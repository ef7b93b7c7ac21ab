package ai.okchat.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.Backend;
import ai.okchat.operator.testing.OperatorFixture;
import ai.okchat.operator.testing.Scrape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Alerts about backends and the operator itself, where their causes are provoked. */
@SuppressWarnings("NullAway.Init") // The run is started before each test.
final class BackendAlertsIT {

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  private AlertRun run;

  @BeforeEach
  void start() {
    run = AlertRun.startIn(world);
  }

  @Test
  void firesWhileBackendIsDown() {
    // Given
    world.applyChatbot("support");
    world.awaitReady("support");
    run.passSteps(2);
    assertThat(run.firing(List.of())).isEmpty();

    // When
    world.backend().fault("*", "status", Map.of("status", 503));
    world.awaitBackendReason(Reason.BackendUnavailable);
    run.passSteps(7);

    // Then
    assertThat(
            run.firing(
                List.of(
                    AlertRun.alert(
                        "OkchatBackendDown", "ChatbotBackend", Reason.BackendUnavailable),
                    Map.of("alertname", "OkchatBackendCallsFail"))))
        .isEmpty();

    // And once it responds again, nothing fires.
    world.backend().clearFaults();
    world.awaitBackendReason(Reason.Ready);
    run.passSteps(4);
    assertThat(run.firing(List.of())).isEmpty();
  }

  @Test
  void firesWhenKeyIsRejected() {
    // Given
    world.applyChatbot("support");
    world.awaitReady("support");

    // When
    world.backend().refuseKey(Backend.API_KEY);
    world.awaitBackendReason(Reason.CredentialsRejected);
    run.passSteps(7);

    // Then
    assertThat(
            run.firing(
                List.of(
                    Map.of("alertname", "OkchatCredentialsRejected", "kind", "ChatbotBackend"),
                    Map.of("alertname", "OkchatBackendCallsFail"))))
        .isEmpty();
  }

  @Test
  void firesWhenAccountIsThrottledForLong() {
    // Given
    world.applyChatbot("support");
    world.awaitReady("support");

    // When
    world.backend().fault("*", "status", Map.of("status", 429));
    world.awaitBackendReason(Reason.RateLimited);
    run.passSteps(9);

    // Then
    assertThat(
            run.firing(
                List.of(
                    Map.of("alertname", "OkchatBackendThrottled", "kind", "ChatbotBackend"),
                    Map.of("alertname", "OkchatBackendCallsFail"))))
        .isEmpty();
  }

  @Test
  void firesWhenOperatorIsAbsent() {
    // Given
    for (var step = 0; step < 4; step++) {
      run.record(Scrape.parse(""));
    }

    // Then
    assertThat(run.firing(List.of(Map.of("alertname", "OkchatOperatorAbsent")))).isEmpty();
  }
}
