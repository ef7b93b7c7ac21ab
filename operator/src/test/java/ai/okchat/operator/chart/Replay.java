package ai.okchat.operator.chart;

import ai.okchat.operator.testing.Scrape;
import ai.okchat.operator.testing.Scrape.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The scrapes of one run, one each five minutes of the operator's clock, for {@link Promtool}. */
final class Replay {

  static final Duration STEP = Duration.ofMinutes(5);

  private static final String MISSING = "_";

  private final List<Scrape> scrapes = new ArrayList<>();

  void add(Scrape scrape) {
    scrapes.add(scrape);
  }

  /**
   * Whether exactly these alerts fire at the time of the last scrape.
   *
   * @param alerts each with the labels {@code alertname}, and {@code kind} and {@code reason} where
   *     it has them
   * @return what Prometheus says otherwise; empty if so
   */
  String firing(List<Map<String, String>> alerts) {
    var expected =
        alerts.stream().map(alert -> Map.of("labels", selector("", alert), "value", 1)).toList();
    return expecting(
        List.of(
            expression(
                "max by (alertname, kind, reason) (ALERTS{alertstate=\"firing\"})", expected)));
  }

  /**
   * Checks that each expression has a result at the time of the last scrape.
   *
   * @return the message of Prometheus if one has none; otherwise empty
   */
  String answering(List<String> expressions) {
    var some = List.<Map<String, Object>>of(Map.of("labels", "{}", "value", 1));
    return expecting(
        expressions.stream()
            .map(expression -> expression("count(%s) > bool 0".formatted(expression), some))
            .toList());
  }

  private String expecting(List<Map<String, Object>> expressions) {
    var test = new LinkedHashMap<String, Object>();
    test.put("interval", STEP.toMinutes() + "m");
    test.put("input_series", series());
    test.put("promql_expr_test", expressions);
    return Promtool.test(Promtool.rules(), Map.of("tests", List.of(test)));
  }

  private Map<String, Object> expression(
      String expression, List<? extends Map<String, ?>> samples) {
    return Map.of(
        "expr", expression,
        "eval_time", STEP.toMinutes() * Math.max(0, scrapes.size() - 1) + "m",
        "exp_samples", samples);
  }

  private List<Map<String, String>> series() {
    var values = new TreeMap<String, List<String>>();
    for (var number = 0; number < scrapes.size(); number++) {
      for (var sample : scrapes.get(number).samples()) {
        var row = values.computeIfAbsent(name(sample), _ -> new ArrayList<>());
        while (row.size() < number) {
          row.add(MISSING);
        }
        row.add(value(sample.value()));
      }
    }
    return values.entrySet().stream()
        .map(
            entry -> Map.of("series", entry.getKey(), "values", String.join(" ", entry.getValue())))
        .toList();
  }

  private static String name(Sample sample) {
    var labels = new TreeMap<>(sample.labels());
    labels.putAll(Promtool.TARGET);
    return selector(sample.name(), labels);
  }

  private static String selector(String name, Map<String, String> labels) {
    return new TreeMap<>(labels)
        .entrySet().stream()
            .map(label -> "%s=\"%s\"".formatted(label.getKey(), label.getValue()))
            .collect(Collectors.joining(",", name + "{", "}"));
  }

  private static String value(double value) {
    return Double.isInfinite(value) ? (value > 0 ? "+Inf" : "-Inf") : Double.toString(value);
  }
}
