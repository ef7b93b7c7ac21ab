package ai.okchat.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.metrics.MetricsPage.Row;
import ai.okchat.operator.testing.OperatorFixture;
import ai.okchat.operator.testing.Scrape;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Holds {@code docs/metrics.md} and what a run of the operator exposes together. */
final class MetricsPageIT {

  /** Labels with values from small sets, whatever the cluster contains. */
  private static final Set<String> BOUNDED =
      Set.of(
          "action",
          "area",
          "condition",
          "id",
          "kind",
          "priority",
          "le",
          "type",
          "outcome",
          "part",
          "ready",
          "reason",
          "state");

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  @Test
  void pageHasExactlyTheMetricsOfARun() {
    // Given
    var run = new EventfulRun(world);
    run.live();

    // When
    var exposed = exposed(run.scrape());

    // Then
    var unasked =
        MetricsPage.rows().stream().filter(row -> !row.equals(MetricsPage.CONVERSATIONS)).toList();
    assertThat(MetricsPage.rows()).contains(MetricsPage.CONVERSATIONS);
    assertThat(MetricsPage.listed(exposed)).isEqualTo(MetricsPage.listed(unasked));
  }

  @Test
  void noLabelGrowsWithTheNumberOfObjects() {
    // Given
    var run = new EventfulRun(world);
    run.live();

    // When
    var labels =
        run.scrape().samples().stream()
            .flatMap(sample -> sample.labels().keySet().stream())
            .collect(Collectors.toCollection(TreeSet::new));

    // Then
    assertThat(labels).isSubsetOf(BOUNDED);
    assertThat(run.scrape().samples().toString())
        .doesNotContain("support", "lost", world.namespace());
  }

  /** One row for each metric; the largest value of a histogram belongs to it. */
  private static List<Row> exposed(Scrape scrape) {
    return scrape.types().entrySet().stream()
        .filter(type -> !isLargestOfHistogram(scrape, type.getKey()))
        .map(type -> new Row(type.getKey(), type.getValue(), labels(scrape, type.getKey())))
        .toList();
  }

  private static boolean isLargestOfHistogram(Scrape scrape, String metric) {
    return metric.endsWith("_max")
        && Objects.equals(scrape.types().get(metric.replaceFirst("_max$", "")), "histogram");
  }

  private static Set<String> labels(Scrape scrape, String metric) {
    return scrape.samples().stream()
        .filter(sample -> scrape.metricOf(sample).equals(metric))
        .flatMap(sample -> sample.labels().keySet().stream())
        .filter(label -> !label.equals("le"))
        .collect(Collectors.toSet());
  }
}
