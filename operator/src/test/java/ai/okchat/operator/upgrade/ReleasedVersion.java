package ai.okchat.operator.upgrade;

import ai.okchat.operator.testing.TextFile;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A version that users may have installed: its CRDs as they were published, and objects that use
 * their fields. Kept in {@code src/test/resources/crds-released/<version>}.
 */
record ReleasedVersion(String name) {

  private static final Path ALL = Path.of("src/test/resources/crds-released");
  private static final Path CURRENT = Path.of("../crds");

  static List<ReleasedVersion> all() {
    return filesIn(ALL).stream()
        .map(folder -> new ReleasedVersion(folder.getFileName().toString()))
        .toList();
  }

  List<CustomResourceDefinition> crds() {
    return crdsIn(ALL.resolve(name));
  }

  List<GenericKubernetesResource> objects() {
    return filesIn(ALL.resolve(name).resolve("objects")).stream()
        .map(file -> Serialization.unmarshal(TextFile.read(file), GenericKubernetesResource.class))
        .toList();
  }

  /** The CRDs as they are to be published next. */
  static List<CustomResourceDefinition> currentCrds() {
    return crdsIn(CURRENT);
  }

  /** The schema of the CRD in this list that has the name. */
  static JsonNode schemaOf(List<CustomResourceDefinition> crds, String crdName) {
    var crd =
        crds.stream()
            .filter(candidate -> candidate.getMetadata().getName().equals(crdName))
            .findFirst()
            .orElseThrow(() -> new AssertionError("The CRD " + crdName + " is gone."));
    return Serialization.unmarshal(Serialization.asYaml(crd), JsonNode.class)
        .at("/spec/versions/0/schema/openAPIV3Schema");
  }

  private static List<CustomResourceDefinition> crdsIn(Path folder) {
    return filesIn(folder).stream()
        .filter(file -> file.toString().endsWith(".yaml"))
        .map(file -> Serialization.unmarshal(TextFile.read(file), CustomResourceDefinition.class))
        .toList();
  }

  private static List<Path> filesIn(Path folder) {
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
