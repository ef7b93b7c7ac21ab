package ai.okchat.operator.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The workflow of a release cannot be run here: what it names is there, and it has few rights. */
final class ReleaseWorkflowTest {

  private static final Path ROOT = Path.of("..");
  private static final Path WORKFLOWS = ROOT.resolve(".github/workflows");
  private static final Path FILE = WORKFLOWS.resolve("release.yaml");
  private static final Pattern PROJECT_FILE =
      Pattern.compile("(?<![\\w/.])(?:examples|operator|helm|crds|pom\\.xml)(?:/[\\w./-]*)?");
  private static final Pattern PROFILE = Pattern.compile("-P(\\w+)");
  private static final Pattern PROPERTY = Pattern.compile("-D(image\\.[a-z-]+)=");
  private static final Pattern MODULES = Pattern.compile("-pl (\\S+)");
  private static final Pattern PLUGIN = Pattern.compile("([\\w.]+):([\\w-]+-maven-plugin):(\\w+)");

  @Test
  void namesOnlyExistingOrBuiltFiles() throws IOException {
    // When
    var named = matches(PROJECT_FILE, 0);

    // Then
    assertThat(named)
        .contains("examples/train-aot.sh", "helm/okchat-operator", "pom.xml")
        .filteredOn(path -> !path.contains("/target/"))
        .allSatisfy(path -> assertThat(ROOT.resolve(path)).exists());
  }

  @Test
  void namesOnlyModulesPluginsAndPropertiesOfThePoms() throws IOException {
    // Given
    var parent = Files.readString(ROOT.resolve("pom.xml"));
    var poms = parent + Files.readString(Path.of("pom.xml"));

    // When
    var modules = matches(MODULES, 1).stream().flatMap(list -> List.of(list.split(",")).stream());
    var plugins = matches(PLUGIN, 2);
    var properties = matches(PROPERTY, 1);
    var profiles = matches(PROFILE, 1);

    // Then
    assertThat(modules)
        .isNotEmpty()
        .allSatisfy(module -> assertThat(parent).contains(module(module)));
    assertThat(plugins).containsExactly("jib-maven-plugin");
    assertThat(matches(PLUGIN, 3)).containsExactlyInAnyOrder("build", "buildTar");
    assertThat(parent).contains("<artifactId>jib-maven-plugin</artifactId>");
    assertThat(profiles).containsExactly("gitops");
    assertThat(parent).contains("<id>gitops</id>");
    assertThat(properties)
        .containsExactlyInAnyOrder(
            "image.base", "image.repository", "image.revision", "image.cache")
        .allSatisfy(
            property -> assertThat(poms).contains("<" + property + ">", "${" + property + "}"));
  }

  @Test
  void jobsHaveMinimalRights() throws IOException {
    // When
    var workflow = Serialization.unmarshal(Files.readString(FILE), JsonNode.class);

    // Then
    assertThat(workflow.get("permissions")).isEmpty();
    assertThat(workflow.get("jobs").fieldNames())
        .toIterable()
        .containsExactly("verify", "gitops", "images", "plugin", "publish");
    for (var job : List.of("verify", "gitops", "plugin")) {
      assertThat(workflow.at("/jobs/%s/permissions".formatted(job)).toString())
          .isEqualTo("{\"contents\":\"read\"}");
    }
    assertThat(workflow.at("/jobs/images/needs").toString()).isEqualTo("[\"verify\",\"gitops\"]");
    assertThat(workflow.at("/jobs/publish/needs").toString()).isEqualTo("[\"images\",\"plugin\"]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"release.yaml", "scorecard.yaml", "verify.yaml"})
  void actionsArePinnedByCommitAndJobsNameTheirRights(String file) throws IOException {
    // When
    var workflow =
        Serialization.unmarshal(Files.readString(WORKFLOWS.resolve(file)), JsonNode.class);

    // Then
    assertThat(workflow.get("permissions")).isEmpty();
    assertThat(workflow.get("jobs"))
        .isNotEmpty()
        .allSatisfy(job -> assertThat(job.path("permissions")).isNotEmpty());
    assertThat(uses(workflow))
        .isNotEmpty()
        .allSatisfy(action -> assertThat(action).matches("[\\w-]+(/[\\w-]+)+@[0-9a-f]{40}"));
  }

  private static String module(String name) {
    return "<module>" + name + "</module>";
  }

  private static List<String> uses(JsonNode workflow) {
    var uses = new ArrayList<String>();
    workflow.findValues("uses").forEach(action -> uses.add(action.asText()));
    return uses;
  }

  private static Set<String> matches(Pattern pattern, int group) throws IOException {
    var found = new TreeSet<String>();
    var matcher = pattern.matcher(Files.readString(FILE));
    while (matcher.find()) {
      found.add(matcher.group(group));
    }
    return found;
  }
}
