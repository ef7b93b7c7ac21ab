package ai.okchat.operator.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One reference in the configuration for kustomize.
 *
 * @param target kind of the object that the field names
 * @param path with slashes, such as {@code spec/chatbotRef/name}
 */
record NameReference(String target, String kind, String path) {

  static final Path FOLDER = Path.of("../examples/gitops/kustomize/references");

  static List<NameReference> all() throws IOException {
    var text = Files.readString(FOLDER.resolve("okchat-references.yaml"));
    JsonNode file = new ObjectMapper().valueToTree(Serialization.unmarshal(text, Map.class));
    return file.path("nameReference")
        .valueStream()
        .flatMap(target -> target.path("fieldSpecs").valueStream().map(field -> of(target, field)))
        .toList();
  }

  private static NameReference of(JsonNode target, JsonNode field) {
    return new NameReference(
        target.path("kind").asText(), field.path("kind").asText(), field.path("path").asText());
  }
}
