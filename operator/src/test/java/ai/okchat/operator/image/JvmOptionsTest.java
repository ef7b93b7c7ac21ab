package ai.okchat.operator.image;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.testing.Chart;
import ai.okchat.operator.testing.ProgramRun;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Options of the image and of the chart in the Java virtual machine of a Pod. */
class JvmOptionsTest {

  @Test
  void javaAcceptsTheOptionsOfTheImage() {
    // When
    var flags = flags("");

    // Then
    assertThat(flags).containsPattern("MaxRAMPercentage += 33\\.0").contains("{command line}");
  }

  @Test
  void optionsOfTheChartOverrideTheImage() {
    // When
    var flags = flags("jvmOptions: -XX:MaxRAMPercentage=61");

    // Then
    assertThat(flags).containsPattern("MaxRAMPercentage += 61\\.0");
  }

  private static String flags(String values) {
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
        .filter(variable -> variable.getValue() != null)
        .forEach(variable -> java.environment().put(variable.getName(), variable.getValue()));
    return ProgramRun.of(java).outputOfSuccess();
  }
}
