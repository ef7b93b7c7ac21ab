package ai.okchat.operator.validation;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The committed CRDs. */
final class Crds {
  private Crds() {}

  static List<CustomResourceDefinition> all() {
    try (var files = Files.newDirectoryStream(Path.of("../crds"), "*.yaml")) {
      var crds = new ArrayList<CustomResourceDefinition>();
      for (var file : files) {
        crds.add(Serialization.unmarshal(Files.readString(file), CustomResourceDefinition.class));
      }
      return crds;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
