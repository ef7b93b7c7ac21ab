package ai.okchat.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.testing.Chart;
import ai.okchat.operator.testing.World;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The chart's alerts and dashboard against the metrics of a running operator. */
class MonitoringIT {

  private static final Pattern METRIC = Pattern.compile("\\b(okchat|operator_sdk)_[a-z_]+");

  @RegisterExtension final World world = new World();

  @Test
  void everyMetricThatAnAlertOrAPanelNamesIsExposed() throws Exception {
    // Given
    world.connectBackend();
    world.applyChatbot("support");
    world.awaitReady("support");

    // When
    var named =
        Chart.OURS
            .render(
                "okchat-operator",
                "okchat",
                "{metrics: {prometheusRule: {enabled: true}}, dashboard: {enabled: true}}")
            .objects()
            .stream()
            .filter(it -> it.getKind().matches("PrometheusRule|ConfigMap"))
            .flatMap(it -> metrics(Serialization.asJson(it)).stream())
            .collect(Collectors.toCollection(TreeSet::new));

    // Then
    assertThat(named).hasSizeGreaterThan(5);
    assertThat(metrics(scrape())).containsAll(named);
  }

  private static Set<String> metrics(String text) {
    return METRIC.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
  }

  private String scrape() throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      var uri =
          URI.create("http://127.0.0.1:%d/metrics".formatted(world.operator().managementPort()));
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    }
  }
}
