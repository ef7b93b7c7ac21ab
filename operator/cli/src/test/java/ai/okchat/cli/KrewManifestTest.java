package ai.okchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The structure of the manifest for krew, which rejects other fields. */
class KrewManifestTest {

  @Test
  void hasTheFieldsThatKrewRequires() throws IOException {
    // When
    var manifest =
        new Load(LoadSettings.builder().build())
            .loadFromString(Files.readString(Path.of("krew/okchat.yaml")));

    // Then
    var release = "https://github.com/okchat/okchat-operator/releases/download/@VERSION@/";
    assertThat(manifest)
        .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
        .containsEntry("apiVersion", "krew.googlecontainertools.github.com/v1alpha2")
        .containsEntry("kind", "Plugin")
        .containsEntry("metadata", Map.of("name", "okchat"))
        .extractingByKey("spec")
        .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
        .containsOnlyKeys("version", "homepage", "shortDescription", "description", "platforms")
        .containsEntry(
            "platforms",
            List.of(
                Map.of(
                    "selector",
                    Map.of("matchLabels", Map.of("os", "@OS@", "arch", "@ARCH@")),
                    "uri",
                    release + "kubectl-okchat-@OS@-@ARCH@.tar.gz",
                    "sha256",
                    "@SHA256@",
                    "files",
                    List.of(Map.of("from", "kubectl-okchat/*", "to", ".")),
                    "bin",
                    "kubectl-okchat")));
  }
}
