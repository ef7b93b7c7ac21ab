package ai.okchat.operator.chart;

import ai.okchat.operator.testing.Chart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A copy of the chart as an earlier release may have been: another version, and a CRD in which
 * Chatbots had no {@code spec.suspend} yet.
 */
final class EarlierChart {

  static final String VERSION = "0.0.9";

  private EarlierChart() {}

  /** Returns its folder. */
  static Path in(Path directory) throws IOException {
    var copy = directory.resolve("okchat-operator");
    try (var files = Files.walk(Chart.OURS.directory())) {
      for (var file : files.toList()) {
        Files.copy(file, copy.resolve(Chart.OURS.directory().relativize(file).toString()));
      }
    }
    edit(copy.resolve("Chart.yaml"), "(?m)^(version|appVersion): .*$", "$1: " + VERSION);
    edit(
        copy.resolve("files/crds/chatbots.okchat.ai.yaml"),
        "(?m)^              suspend:\\n(                .*\\n)+",
        "");
    return copy;
  }

  private static void edit(Path file, String pattern, String replacement) throws IOException {
    var before = Files.readString(file);
    var after = before.replaceAll(pattern, replacement);
    if (after.equals(before)) {
      throw new IllegalStateException("nothing in " + file + " matches " + pattern);
    }
    Files.writeString(file, after);
  }
}
