package ai.okchat.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CallMetricsTest {

  @Test
  void countsAndTimesEachCallByActionAndOutcome() {
    // Given
    var registry = new SimpleMeterRegistry();
    var metrics = new CallMetrics(registry);

    // When
    metrics.observed("list chatbots", "ok", Duration.ofMillis(20));
    metrics.observed("list chatbots", "ok", Duration.ofMillis(40));
    metrics.observed("list chatbots", "unavailable", Duration.ofSeconds(30));

    // Then
    assertThat(seconds(registry, "list chatbots", "ok")).containsExactly(2.0, 0.06);
    assertThat(seconds(registry, "list chatbots", "unavailable")).containsExactly(1.0, 30.0);
  }

  @Test
  void noLabelGrowsWithTheNumberOfObjects() {
    // Given
    var registry = new SimpleMeterRegistry();
    var metrics = new CallMetrics(registry);

    // When
    for (var i = 0; i < 1_000; i++) {
      metrics.observed("get chatbot", "ok", Duration.ofMillis(i));
    }

    // Then
    assertThat(registry.getMeters())
        .extracting(Meter::getId)
        .filteredOn(id -> id.getName().equals(CallMetrics.NAME))
        .extracting(Meter.Id::getTags)
        .containsExactly(List.of(Tag.of("action", "get chatbot"), Tag.of("outcome", "ok")));
  }

  @Test
  void prometheusReadsAHistogramInSeconds() {
    // Given
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    var metrics = new CallMetrics(registry);

    // When
    metrics.observed("create chatbot", "ok", Duration.ofMillis(250));

    // Then
    var labels = "{action=\"create chatbot\",outcome=\"ok\"";
    assertThat(registry.scrape())
        .contains("# TYPE okchat_backend_call_seconds histogram")
        .contains("okchat_backend_call_seconds_count" + labels + "} 1")
        .contains("okchat_backend_call_seconds_sum" + labels + "} 0.25")
        .contains("okchat_backend_call_seconds_bucket" + labels + ",le=\"60.0\"} 1");
  }

  private static List<Double> seconds(MeterRegistry registry, String action, String outcome) {
    var timer =
        registry.get("okchat.backend.call").tag("action", action).tag("outcome", outcome).timer();
    return List.of((double) timer.count(), timer.totalTime(TimeUnit.SECONDS));
  }
}
