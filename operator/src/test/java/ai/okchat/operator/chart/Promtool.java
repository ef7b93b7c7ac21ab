package ai.okchat.operator.chart;

import ai.okchat.localcluster.Progress;
import ai.okchat.localcluster.PromtoolLookup;
import ai.okchat.operator.testing.Chart;
import ai.okchat.operator.testing.ProgramRun;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Prometheus itself, on the rules of the chart and on samples of a run. */
final class Promtool {

  /** Labels that Prometheus adds to each series of the chart's operator. */
  static final Map<String, String> TARGET =
      Map.of("namespace", "okchat", "service", "okchat-operator", "pod", "okchat-operator-0");

  private Promtool() {}

  /** The groups of rules that the chart renders. */
  static Map<String, Object> rules() {
    var rule =
        Chart.OURS
            .render("okchat-operator", "okchat", "metrics: {prometheusRule: {enabled: true}}")
            .ofKind("PrometheusRule")
            .findFirst()
            .orElseThrow();
    return Objects.requireNonNull(rule.get("spec"));
  }

  /**
   * Evaluates the rules over series.
   *
   * @param test as {@code promtool test rules} reads it, without the rules
   * @return what it says where something is not as expected; empty where all is
   */
  static String test(Map<String, Object> rules, Map<String, Object> test) {
    try {
      var folder = Files.createTempDirectory("promtool");
      var ruleFile = write(folder.resolve("rules.yaml"), rules);
      var whole = new HashMap<>(test);
      whole.put("rule_files", List.of(ruleFile.toString()));
      whole.put("evaluation_interval", "1m");
      var testFile = write(folder.resolve("test.yaml"), whole);
      try {
        return run("test", "rules", testFile.toString());
      } finally {
        Files.delete(testFile);
        Files.delete(ruleFile);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path write(Path file, Object content) throws IOException {
    return Files.writeString(file, Serialization.asYaml(content));
  }

  private static String run(String... arguments) {
    var command = new ArrayList<String>();
    command.add(PromtoolLookup.find(Progress.onTerminal()).toString());
    command.addAll(List.of(arguments));
    var run = ProgramRun.of(new ProcessBuilder(command));
    return run.exitCode() == 0 ? "" : run.output();
  }
}
