package ai.okchat.operator.knowledge.source;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.fetch.GitFetcher;
import ai.okchat.operator.fetch.SourceException;
import ai.okchat.operator.fetch.WebFetcher;
import ai.okchat.operator.knowledge.source.Source.Reading;
import ai.okchat.operator.kubernetes.SpecTexts;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;
import java.util.Set;

/** Reads the documents of a KnowledgeSource of any kind. */
public final class SourceReader {

  private final SourceClients clients;
  private final ContentLimits contentLimits;

  /** The fetchers for the kinds of sources outside of the cluster. */
  public record Fetchers(WebFetcher web, GitFetcher git) {}

  /**
   * Creates a reader that uses these fetchers.
   *
   * @param secretHosts hosts that may receive a Secret; empty: any
   */
  public SourceReader(
      KubernetesClient kubernetes,
      Set<String> secretHosts,
      Fetchers fetchers,
      ContentLimits limits) {
    this.clients =
        new SourceClients(
            kubernetes,
            new SpecTexts(kubernetes),
            new SourceSecrets(kubernetes, secretHosts),
            fetchers.web(),
            fetchers.git());
    this.contentLimits = limits;
  }

  /**
   * Reads the source again.
   *
   * @param before previous reading for the same spec; empty if the bytes are needed
   * @throws SourceException if the source cannot be read now, or with this spec
   */
  public Reading read(KnowledgeSource source, Optional<Snapshot> before) {
    var limits = contentLimits.of(source.getMetadata().getNamespace());
    return SourceKind.of(source).read(source, clients, limits, before);
  }

  /** Returns how many documents a source may have. */
  public int mostDocuments() {
    return contentLimits.documents();
  }
}
