package ai.okchat.operator.knowledge.source;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.api.v1alpha1.SecretRef;
import ai.okchat.operator.fetch.SourceException;
import ai.okchat.operator.knowledge.source.Source.Reading;
import java.util.Optional;

/** The kind of source that a spec uses. */
public interface SourceKind {

  /**
   * Returns the kind that the spec of the source uses; the schema admits exactly one. A new kind is
   * added here.
   */
  static SourceKind of(KnowledgeSource source) {
    var spec = source.getSpec();
    if (spec.web() != null) {
      return new WebPages.Kind(spec.web());
    }
    if (spec.git() != null) {
      return new GitFiles.Kind(spec.git());
    }
    if (spec.configMap() != null) {
      return new ConfigMapFiles.Kind(spec.configMap());
    }
    return spec.faq().isEmpty() ? new InlineDocuments.Kind() : new FaqFiles.Kind();
  }

  /** Returns whether the source comes over the network, and so is read at intervals only. */
  default boolean isRemote() {
    return false;
  }

  /**
   * Returns the share of its documents, in percent, that the source may fail to give while it is
   * Ready.
   */
  default int failedLimitPercent() {
    return 0;
  }

  /** Returns the Secret that the spec names; its change triggers the source. */
  default Optional<SecretRef> secretRef() {
    return Optional.empty();
  }

  /**
   * Reads the source again.
   *
   * @param before previous reading for the same spec; empty if the bytes are needed
   * @throws SourceException if the source cannot be read now, or with this spec
   */
  Reading read(
      KnowledgeSource source,
      SourceClients clients,
      ContentLimits limits,
      Optional<Snapshot> before);
}
