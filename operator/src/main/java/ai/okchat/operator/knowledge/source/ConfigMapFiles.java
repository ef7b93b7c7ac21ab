package ai.okchat.operator.knowledge.source;

import ai.okchat.api.v1alpha1.ConfigMapSource;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.status.Failure;
import ai.okchat.planning.document.GeneratedConfigMaps;
import ai.okchat.planning.document.Globs;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the keys of one ConfigMap, or of all that a selector matches. Reads them when needed and
 * caches nothing; many ConfigMaps are read a few at a time.
 */
record ConfigMapFiles(
    KubernetesClient kubernetes, String namespace, ConfigMapSource spec, ContentLimits limits)
    implements Source {

  /** {@code spec.configMap}. */
  record Kind(ConfigMapSource spec) implements SourceKind {

    @Override
    public Reading read(
        KnowledgeSource source,
        SourceClients clients,
        ContentLimits limits,
        Optional<Snapshot> before) {
      var namespace = source.getMetadata().getNamespace();
      return new ConfigMapFiles(clients.kubernetes(), namespace, spec, limits).read(before);
    }
  }

  @Override
  public Reading read(Optional<Snapshot> before) {
    var globs = SourceGlobs.of(spec.include(), List.of());
    return spec.name() == null ? selected(globs) : named(spec.name(), globs);
  }

  private Reading named(String name, Globs globs) {
    var configMap = kubernetes.configMaps().inNamespace(namespace).withName(name).get();
    if (configMap == null) {
      return new Reading.Missing(
          Failure.referenceNotFound(
              "spec.configMap names the ConfigMap %s, which does not exist. Create it, or name another."
                  .formatted(name)));
    }
    return new Reading.Read(
        DocumentCollector.read(limits, collector -> take(collector, configMap, "", globs)));
  }

  private Reading selected(Globs globs) {
    return new Reading.Read(
        DocumentCollector.read(limits, collector -> takeSelected(collector, globs)));
  }

  private void takeSelected(DocumentCollector collector, Globs globs) throws IOException {
    var selector = Objects.requireNonNull(spec.selector());
    try (var pages = ConfigMapPages.open(kubernetes, namespace, selector)) {
      while (pages.hasNext()) {
        for (var configMap : pages.next()) {
          var name = configMap.getMetadata().getName();
          if (!GeneratedConfigMaps.include(name)) {
            take(collector, configMap, name + "/", globs);
          }
        }
      }
    }
  }

  /**
   * @param prefix distinguishes keys of the same name in several ConfigMaps
   */
  private static void take(
      DocumentCollector collector, ConfigMap configMap, String prefix, Globs globs)
      throws IOException {
    for (var entry : sorted(configMap.getData()).entrySet()) {
      if (globs.match(entry.getKey())) {
        collector.take(prefix + entry.getKey(), entry.getValue());
      }
    }
    for (var entry : sorted(configMap.getBinaryData()).entrySet()) {
      if (globs.match(entry.getKey())) {
        collector.take(prefix + entry.getKey(), Base64.getDecoder().decode(entry.getValue()));
      }
    }
  }

  private static Map<String, String> sorted(@Nullable Map<String, String> data) {
    return data == null ? Map.of() : new TreeMap<>(data);
  }
}
