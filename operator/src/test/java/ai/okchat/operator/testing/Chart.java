package ai.okchat.operator.testing;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Helm chart in a folder, linted and rendered in this JVM. */
public record Chart(Path directory) {

  /** The chart of this project. */
  public static final Chart OURS = new Chart(Path.of("..", "helm", "okchat-operator"));

  /** Version of the tests' API server; the engine would assume a far older one. */
  private static final String KUBE_VERSION = "1.35.0";

  public LintResult lint() {
    return new Helm(directory).lint().strict().call();
  }

  /**
   * Returns the output of {@code helm template}.
   *
   * @param values YAML, in place of the chart's own where it names them
   * @throws RuntimeException with the message of Helm, if the schema rejects the values
   */
  public RenderedChart render(String release, String namespace, String values) {
    try {
      var file = Files.createTempFile("values", ".yaml");
      try {
        Files.writeString(file, values);
        return RenderedChart.parse(
            new Helm(directory)
                .template()
                .withName(release)
                .withNamespace(namespace)
                .withKubeVersion(KUBE_VERSION)
                .withValuesFile(file)
                .call());
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
