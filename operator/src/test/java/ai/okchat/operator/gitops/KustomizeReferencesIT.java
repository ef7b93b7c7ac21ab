package ai.okchat.operator.gitops;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration for kustomize makes references follow the names that kubectl changes. */
final class KustomizeReferencesIT {

  private static final Path GITOPS = Path.of("../examples/gitops");
  private static final Pattern HASH = Pattern.compile("-[0-9a-z]{10}$");

  private static final String EVERY_REFERENCE =
      """
      apiVersion: okchat.ai/v1alpha1
      kind: ChatbotBackend
      metadata: {name: default}
      spec:
        apiKeySecretRef: {name: okchat, key: api-key}
        caBundle: {configMapRef: {name: authority, key: ca.crt}}
      ---
      apiVersion: okchat.ai/v1alpha1
      kind: ClusterChatbotBackend
      metadata: {name: shared}
      spec:
        apiKeySecretRef: {namespace: team, name: okchat, key: api-key}
        caBundle: {configMapRef: {namespace: team, name: authority, key: ca.crt}}
      ---
      apiVersion: okchat.ai/v1alpha1
      kind: Chatbot
      metadata: {name: support}
      spec:
        backendRef: {name: default}
        promptFrom: {configMapKeyRef: {name: prompt, key: prompt.md}}
        avatar: {configMapKeyRef: {name: pictures, key: avatar.png}}
      ---
      apiVersion: okchat.ai/v1alpha1
      kind: Chatbot
      metadata: {name: sales}
      spec:
        backendRef: {kind: ClusterChatbotBackend, name: shared}
        promptFrom: {configMapKeyRef: {name: prompt, key: prompt.md}}
      ---
      apiVersion: okchat.ai/v1alpha1
      kind: KnowledgeSource
      metadata: {name: handbook}
      spec:
        chatbotRef: {name: support}
        configMap: {name: handbook}
      ---
      apiVersion: okchat.ai/v1alpha1
      kind: KnowledgeSource
      metadata: {name: repository}
      spec:
        chatbotRef: {name: support}
        git: {url: "https://example.com/docs.git", secretRef: {name: git}}
      ---
      apiVersion: okchat.ai/v1alpha1
      kind: KnowledgeSource
      metadata: {name: site}
      spec:
        chatbotRef: {name: sales}
        web: {urls: ["https://example.com/"], headersSecretRef: {name: headers}}
      """;

  private static final String BASE =
      """
      namespace: team
      components: [../references]
      resources: [objects.yaml]
      configMapGenerator:
      - {name: authority, literals: [ca.crt=a]}
      - {name: handbook, literals: [a.md=a]}
      - {name: pictures, literals: [avatar.png=a]}
      - {name: prompt, literals: [prompt.md=a]}
      secretGenerator:
      - {name: git, literals: [token=a]}
      - {name: headers, literals: [X-Key=a]}
      - {name: okchat, literals: [api-key=a]}
      """;

  private static final String OVERLAY = "namePrefix: dev-\nresources: [../%s]\n";

  @Test
  void everyReferenceFollowsNamePrefixAndHashSuffix(@TempDir Path folder) throws IOException {
    // Given
    copy(NameReference.FOLDER, folder.resolve("references"));
    write(folder, "base/objects.yaml", EVERY_REFERENCE);
    write(folder, "base/kustomization.yaml", BASE);
    write(folder, "dev/kustomization.yaml", OVERLAY.formatted("base"));

    // When
    var references = references(built(folder.resolve("dev")));

    // Then
    assertThat(references)
        .isEqualTo(
            Map.ofEntries(
                Map.entry("dev-default spec/apiKeySecretRef/name", "dev-okchat-HASH"),
                Map.entry("dev-default spec/caBundle/configMapRef/name", "dev-authority-HASH"),
                Map.entry("dev-shared spec/apiKeySecretRef/name", "dev-okchat-HASH"),
                Map.entry("dev-shared spec/caBundle/configMapRef/name", "dev-authority-HASH"),
                Map.entry("dev-support spec/backendRef/name", "dev-default"),
                Map.entry("dev-support spec/promptFrom/configMapKeyRef/name", "dev-prompt-HASH"),
                Map.entry("dev-support spec/avatar/configMapKeyRef/name", "dev-pictures-HASH"),
                Map.entry("dev-sales spec/backendRef/name", "dev-shared"),
                Map.entry("dev-sales spec/promptFrom/configMapKeyRef/name", "dev-prompt-HASH"),
                Map.entry("dev-handbook spec/chatbotRef/name", "dev-support"),
                Map.entry("dev-handbook spec/configMap/name", "dev-handbook-HASH"),
                Map.entry("dev-repository spec/chatbotRef/name", "dev-support"),
                Map.entry("dev-repository spec/git/secretRef/name", "dev-git-HASH"),
                Map.entry("dev-site spec/chatbotRef/name", "dev-sales"),
                Map.entry("dev-site spec/web/headersSecretRef/name", "dev-headers-HASH")));
  }

  @Test
  void referencesOfTheExampleFollowAnOverlay(@TempDir Path folder) throws IOException {
    // Given
    copy(GITOPS, folder);
    for (var part : List.of("bot", "knowledge")) {
      var file = "team-support/" + part + "/kustomization.yaml";
      var text = Files.readString(folder.resolve(file));
      write(
          folder,
          file,
          text.replace("disableNameSuffixHash: true", "disableNameSuffixHash: false"));
    }
    write(folder, "dev/kustomization.yaml", OVERLAY.formatted("team-support"));

    // When
    var references = references(built(folder.resolve("dev")));

    // Then
    assertThat(references)
        .isEqualTo(
            Map.of(
                "dev-default spec/apiKeySecretRef/name", "okchat",
                "dev-support spec/backendRef/name", "dev-default",
                "dev-support spec/promptFrom/configMapKeyRef/name", "dev-support-prompt-HASH",
                "dev-support-handbook spec/chatbotRef/name", "dev-support",
                "dev-support-handbook spec/configMap/name", "dev-support-handbook-HASH"));
  }

  /** The references of all objects, by the name of the object and the path. */
  private static Map<String, String> references(List<JsonNode> objects) throws IOException {
    var references = new TreeMap<String, String>();
    for (var reference : NameReference.all()) {
      objects.stream()
          .filter(object -> object.path("kind").asText().equals(reference.kind()))
          .filter(object -> object.at("/" + reference.path()).isTextual())
          .forEach(
              object ->
                  references.put(
                      object.at("/metadata/name").asText() + " " + reference.path(),
                      withoutHash(object.at("/" + reference.path()).asText())));
    }
    return references;
  }

  private static String withoutHash(String name) {
    return HASH.matcher(name).replaceFirst("-HASH");
  }

  private static List<JsonNode> built(Path overlay) {
    var built = Kubectl.run("kustomize", overlay.toString());
    assertThat(built.exitCode()).as(built.output()).isZero();
    return Arrays.stream(built.output().split("(?m)^---$", -1))
        .map(yaml -> Serialization.unmarshal(yaml, Map.class))
        .<JsonNode>map(object -> new ObjectMapper().valueToTree(object))
        .toList();
  }

  private static void write(Path folder, String name, String text) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(requireNonNull(file.getParent()));
    Files.writeString(file, text);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(requireNonNull(target.getParent()));
        Files.copy(file, target);
      }
    }
  }
}
