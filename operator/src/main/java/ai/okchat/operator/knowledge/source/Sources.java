package ai.okchat.operator.knowledge.source;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.fetch.SourceException;
import io.fabric8.kubernetes.client.KubernetesClient;

/** Reads the documents of a KnowledgeSource, whatever kind its spec names. */
public final class Sources {

  private final KubernetesClient kubernetes;
  private final ContentLimits limits;

  public Sources(KubernetesClient kubernetes, ContentLimits limits) {
    this.kubernetes = kubernetes;
    this.limits = limits;
  }

  /** Whether reading goes over the network, and so is done at intervals only. */
  public static boolean isFetched(KnowledgeSource source) {
    return source.getSpec().web() != null || source.getSpec().git() != null;
  }

  /**
   * Reads the source anew.
   *
   * @throws SourceException if it can not be read at present, or as it is
   */
  public Source.Reading read(KnowledgeSource source) {
    return kind(source).read();
  }

  private Source kind(KnowledgeSource source) {
    var spec = source.getSpec();
    if (spec.configMap() != null) {
      return new ConfigMapFiles(
          kubernetes, source.getMetadata().getNamespace(), spec.configMap(), limits);
    }
    return spec.faq().isEmpty()
        ? new InlineDocuments(spec.documents(), limits)
        : new FaqFiles(spec.faq(), limits);
  }
}
