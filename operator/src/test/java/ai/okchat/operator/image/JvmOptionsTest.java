package ai.okchat.operator.image;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.testing.Chart;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the Java virtual machine of a Pod makes of the image's options and of the chart's. */
class JvmOptionsTest {

  @Test
  void the_options_of_the_image_are_options_of_this_java() throws Exception {
    // When
    var flags = flags("");

    // Then
    assertThat(flags).containsPattern("MaxRAMPercentage += 44\\.0").contains("{command line}");
  }

  @Test
  void what_the_chart_says_beats_the_image() throws Exception {
    // When
    var flags = flags("jvmOptions: -XX:MaxRAMPercentage=61");

    // Then
    assertThat(flags).containsPattern("MaxRAMPercentage += 61\\.0");
  }

  private static String flags(String values) throws IOException, InterruptedException {
    var java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + Path.of("src", "main", "image", "app", "jvm.options"),
            "-XX:+PrintFlagsFinal",
            "-version");
    Chart.OURS
        .render("okchat-operator", "default", values)
        .one(Deployment.class, "okchat-operator")
        .getSpec()
        .getTemplate()
        .getSpec()
        .getContainers()
        .getFirst()
        .getEnv()
        .stream()
        .filter(it -> it.getValue() != null)
        .forEach(it -> java.environment().put(it.getName(), it.getValue()));
    var process = java.redirectErrorStream(true).start();
    try (var output = process.getInputStream()) {
      var text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(text).isZero();
      return text;
    }
  }
}
