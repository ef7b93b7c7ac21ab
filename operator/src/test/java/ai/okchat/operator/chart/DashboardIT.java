package ai.okchat.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.metrics.EventfulRun;
import ai.okchat.operator.metrics.MetricsPage;
import ai.okchat.operator.metrics.MetricsPage.Row;
import ai.okchat.operator.testing.OperatorFixture;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The dashboard and the rules, against the metrics that there are. */
final class DashboardIT {

  private static final Pattern SELECTOR =
      Pattern.compile("\\b((?:okchat|jvm|process)_[a-z0-9_]+)\\{([^}]*)}");
  private static final Pattern METRIC =
      Pattern.compile("\\b((?:okchat|jvm|process)_[a-z0-9_]+)\\b(?!\\s*,)");
  private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)\"");
  private static final Pattern GROUPING = Pattern.compile("by \\(([^)]*)\\)");

  /** Exposed only if the values ask for it. */
  private static final String UNASKED = "okchat_conversations_total";

  /** Labels that Prometheus adds to each series, and the label of a histogram. */
  private static final Set<String> ADDED = Set.of("namespace", "service", "pod", "job", "le");

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  @Test
  void everyPanelShowsDataOfAnEventfulRun() {
    // Given
    var replay = new Replay();
    var run = new EventfulRun(world);
    run.live();
    replay.add(run.scrape());
    replay.add(run.scrape()); // A rate needs two.

    // When
    var queries =
        Dashboard.rendered().queries().stream()
            .filter(expression -> !expression.contains(UNASKED))
            .toList();
    var verdict = replay.answering(queries);

    // Then
    assertThat(verdict).isEmpty();
  }

  @Test
  void everyQueryUsesDocumentedMetricsAndLabels() {
    // Given
    var queries = new ArrayList<>(Dashboard.rendered().queries());
    queries.addAll(expressions());

    // When
    var unknown = queries.stream().flatMap(DashboardIT::unknown).toList();

    // Then
    assertThat(queries).hasSizeGreaterThan(40);
    assertThat(unknown).isEmpty();
  }

  @Test
  void panelsHaveDifferentNames() {
    // When
    var titles = Dashboard.rendered().titles();

    // Then
    assertThat(titles).isNotEmpty().doesNotHaveDuplicates().noneMatch(String::isBlank);
  }

  private static List<String> expressions() {
    JsonNode groups = new ObjectMapper().valueToTree(Promtool.rules()).path("groups");
    return groups.findValuesAsText("expr");
  }

  /** Metrics that have no row, and labels that their rows do not have. */
  private static Stream<String> unknown(String query) {
    var rows = MetricsPage.rows().stream().collect(Collectors.toMap(Row::name, row -> row));
    var named = METRIC.matcher(query).results().map(match -> base(rows, match.group(1))).toList();
    var metrics = named.stream().filter(metric -> !rows.containsKey(metric));
    var inSelectors =
        SELECTOR
            .matcher(query)
            .results()
            .flatMap(
                selector ->
                    MATCHER
                        .matcher(selector.group(2))
                        .results()
                        .map(label -> label.group(1))
                        .filter(label -> !has(rows, base(rows, selector.group(1)), label)));
    var grouped =
        GROUPING
            .matcher(query)
            .results()
            .flatMap(match -> Arrays.stream(match.group(1).split(",\\s*")))
            .filter(label -> named.stream().noneMatch(metric -> has(rows, metric, label)));
    return Stream.of(metrics, inSelectors, grouped)
        .flatMap(found -> found)
        .map(problem -> problem + " in " + query);
  }

  private static boolean has(Map<String, Row> rows, String metric, String label) {
    var row = rows.get(metric);
    return ADDED.contains(label) || (row != null && row.labels().contains(label));
  }

  private static String base(Map<String, Row> rows, String name) {
    var histogram = name.replaceFirst("_(bucket|count|sum|max)$", "");
    return rows.containsKey(histogram) ? histogram : name;
  }
}
