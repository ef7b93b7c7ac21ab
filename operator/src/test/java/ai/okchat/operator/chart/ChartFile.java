package ai.okchat.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.testing.Chart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of the chart that is made from others, and committed. */
record ChartFile(Path path) {

  static final String REFRESH =
      "mvn -q -pl operator -am test -Dtest=ChartFilesTest -Dsurefire.failIfNoSpecifiedTests=false"
          + " -Dupdate";

  static ChartFile of(String pathInChart) {
    return new ChartFile(Chart.OURS.directory().resolve(pathInChart));
  }

  /** Fails when the committed text differs; with {@code -Dupdate} writes it instead. */
  void holds(String made) throws IOException {
    if (System.getProperty("update") != null) {
      Files.writeString(path, made);
    }
    var committed = Files.exists(path) ? Files.readString(path) : "";
    assertThat(committed).as("%s is stale, refresh it with: %s", path, REFRESH).isEqualTo(made);
  }
}
