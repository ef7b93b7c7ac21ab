package ai.okchat.operator.gitops;

import ai.okchat.operator.testing.Chart;
import ai.okchat.operator.testing.RenderedChart;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The bundle for the Operator Lifecycle Manager has the Deployment and the rights of the chart. */
final class OlmBundleTest {

  private static final String HEAD =
      "# Generated from helm/okchat-operator, do not edit. To refresh: .ci/regenerate\n";
  private static final Path ROOT = Path.of("..");
  private static final Path CSV =
      Path.of("olm/manifests/okchat-operator.clusterserviceversion.yaml");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode chart = yaml("helm/okchat-operator/Chart.yaml");
  private final RenderedChart rendered =
      Chart.OURS.render(
          "okchat-operator", "okchat-system", "podDisruptionBudget: {enabled: false}");

  @Test
  void clusterServiceVersionEqualsTheRenderedChart() throws IOException {
    // When
    // The validators read only the first document of a file.
    var csv = Serialization.asYaml(clusterServiceVersion()).replaceFirst("^---\n", "");

    // Then
    new CommittedFile(CSV).holds(HEAD + csv);
  }

  private Map<String, Object> clusterServiceVersion() throws IOException {
    var version = text("version");
    return map(
        "apiVersion",
        "operators.coreos.com/v1alpha1",
        "kind",
        "ClusterServiceVersion",
        "metadata",
        map(
            "name",
            "okchat-operator.v" + version,
            "namespace",
            "placeholder",
            "annotations",
            annotations()),
        "spec",
        map(
            "displayName", "OkChat operator",
            "description", text("description"),
            "version", version,
            "maturity", "alpha",
            "minKubeVersion", text("kubeVersion").replaceAll("[>=]|-0$", ""),
            "icon", List.of(map("base64data", icon(), "mediatype", "image/svg+xml")),
            "keywords", chart.get("keywords"),
            "provider", map("name", "OkChat", "url", text("home")),
            "links", annotation("links"),
            "installModes", installModes(),
            "customresourcedefinitions", map("owned", annotation("crds")),
            "install", map("strategy", "deployment", "spec", install())));
  }

  private Map<String, Object> annotations() throws IOException {
    return map(
        "alm-examples", JSON.writeValueAsString(examples()),
        "capabilities", chart.at("/annotations").get("artifacthub.io/operatorCapabilities"),
        "categories", "AI/Machine Learning",
        "containerImage", pod().getContainers().getFirst().getImage(),
        "description", text("description"),
        "repository", text("home"));
  }

  /** One example of each kind, as in {@code examples}. */
  private static List<GenericKubernetesResource> examples() throws IOException {
    var found = new ArrayList<GenericKubernetesResource>();
    for (var file :
        List.of(
            "chatbot-backend.yaml",
            "chatbot.yaml",
            "cluster-chatbot-backend.yaml",
            "knowledge-faq.yaml")) {
      Stream.of(Files.readString(ROOT.resolve("examples").resolve(file)).split("(?m)^---$", -1))
          .map(object -> Serialization.unmarshal(object, GenericKubernetesResource.class))
          .filter(object -> object.getApiVersion().startsWith("okchat.ai/"))
          .filter(
              object -> found.stream().noneMatch(other -> other.getKind().equals(object.getKind())))
          .forEach(found::add);
    }
    return found;
  }

  /** The operator serves all namespaces: a ClusterChatbotBackend requires it. */
  private static List<Map<String, Object>> installModes() {
    return Stream.of("OwnNamespace", "SingleNamespace", "MultiNamespace", "AllNamespaces")
        .map(mode -> map("type", mode, "supported", mode.equals("AllNamespaces")))
        .toList();
  }

  private Map<String, Object> install() {
    var deployment = rendered.one(Deployment.class, "okchat-operator");
    var account = pod().getServiceAccountName();
    return map(
        "clusterPermissions",
            List.of(
                map(
                    "serviceAccountName",
                    account,
                    "rules",
                    rendered.one(ClusterRole.class, "okchat-operator").getRules())),
        "permissions",
            List.of(
                map(
                    "serviceAccountName",
                    account,
                    "rules",
                    rendered.one(Role.class, "okchat-operator").getRules())),
        "deployments", List.of(map("name", "okchat-operator", "spec", deployment.getSpec())));
  }

  private PodSpec pod() {
    return rendered.one(Deployment.class, "okchat-operator").getSpec().getTemplate().getSpec();
  }

  private static String icon() throws IOException {
    return Base64.getEncoder()
        .encodeToString(Files.readAllBytes(Chart.OURS.directory().resolve("icon.svg")));
  }

  private String text(String field) {
    return Objects.requireNonNull(chart.get(field)).asText();
  }

  /** Returns the YAML in an annotation for Artifact Hub. */
  private JsonNode annotation(String name) {
    return Serialization.unmarshal(
        chart.at("/annotations").get("artifacthub.io/" + name).asText(), JsonNode.class);
  }

  private static JsonNode yaml(String file) {
    try {
      return Serialization.unmarshal(Files.readString(ROOT.resolve(file)), JsonNode.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> map(Object... entries) {
    var map = new LinkedHashMap<String, Object>();
    for (var i = 0; i < entries.length; i += 2) {
      map.put((String) entries[i], entries[i + 1]);
    }
    return map;
  }
}
