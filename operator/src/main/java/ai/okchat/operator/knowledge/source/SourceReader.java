package ai.okchat.operator.knowledge.source;

import ai.okchat.api.v1alpha1.GitSource;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.api.v1alpha1.KnowledgeSourceSpec;
import ai.okchat.api.v1alpha1.WebSource;
import ai.okchat.operator.fetch.GitCredentials;
import ai.okchat.operator.fetch.GitFetcher;
import ai.okchat.operator.fetch.OriginHeaders;
import ai.okchat.operator.fetch.SourceException;
import ai.okchat.operator.fetch.WebFetcher;
import ai.okchat.operator.knowledge.source.Source.Reading;
import ai.okchat.operator.kubernetes.SpecTexts;
import ai.okchat.operator.status.Failure;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.HttpUrl;

/** Reads the documents of a KnowledgeSource of any kind. */
public final class SourceReader {

  private final KubernetesClient kubernetes;
  private final SpecTexts texts;
  private final SourceSecrets secrets;
  private final Fetchers fetchers;
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
    this.kubernetes = kubernetes;
    this.texts = new SpecTexts(kubernetes);
    this.secrets = new SourceSecrets(kubernetes, secretHosts);
    this.fetchers = fetchers;
    this.contentLimits = limits;
  }

  /** Returns whether the source comes over the network, and so is read at intervals only. */
  public static boolean isFetched(KnowledgeSource source) {
    return source.getSpec().web() != null || source.getSpec().git() != null;
  }

  /**
   * Reads the source again.
   *
   * @param before previous reading for the same spec; empty if the bytes are needed
   * @throws SourceException if the source cannot be read now, or with this spec
   */
  public Reading read(KnowledgeSource source, Optional<Snapshot> before) {
    var spec = source.getSpec();
    var namespace = source.getMetadata().getNamespace();
    var limits = contentLimits.of(namespace);
    if (spec.web() != null) {
      return readWeb(namespace, spec.web(), limits, before);
    }
    if (spec.git() != null) {
      return readGit(namespace, spec.git(), limits, before);
    }
    if (spec.configMap() != null) {
      return new ConfigMapFiles(kubernetes, namespace, spec.configMap(), limits).read(before);
    }
    return texts
        .read(source)
        .map(whole -> written(whole, limits).read(before))
        .orElseGet(Reading.Outdated::new);
  }

  /** Returns how many documents a source may have. */
  public int mostDocuments() {
    return contentLimits.documents();
  }

  private static Source written(KnowledgeSourceSpec spec, ContentLimits limits) {
    return spec.faq().isEmpty()
        ? new InlineDocuments(spec.documents(), limits)
        : new FaqFiles(spec.faq(), limits);
  }

  private Reading readWeb(
      String namespace, WebSource spec, ContentLimits limits, Optional<Snapshot> before) {
    var links =
        Stream.concat(WebPages.links(spec).stream(), WebPages.sitemap(spec).stream()).toList();
    var hosts = links.stream().map(HttpUrl::host).collect(Collectors.toSet());
    var ref = spec.headersSecretRef();
    return switch (secrets.read(namespace, ref, "spec.web.headersSecretRef", hosts)) {
      case SourceSecrets.Values.Missing(var failure) -> new Reading.Missing(failure);
      case SourceSecrets.Values.Found(var headers) ->
          credentials(links, headers)
              .map(
                  authorized -> new WebPages(spec, authorized, fetchers.web(), limits).read(before))
              .orElseGet(() -> new Reading.Missing(noHeaders(spec)));
    };
  }

  private Reading readGit(
      String namespace, GitSource spec, ContentLimits limits, Optional<Snapshot> before) {
    var hosts = Set.of(GitFetcher.host(spec.url()));
    return switch (secrets.read(namespace, spec.secretRef(), "spec.git.secretRef", hosts)) {
      case SourceSecrets.Values.Missing(var failure) -> new Reading.Missing(failure);
      case SourceSecrets.Values.Found(var secret) -> {
        var remote = new GitFetcher.Remote(spec.url(), spec.ref(), GitCredentials.of(secret));
        yield new GitFiles(spec, remote, fetchers.git(), limits).read(before);
      }
    };
  }

  private static Optional<OriginHeaders> credentials(
      List<HttpUrl> links, Map<String, String> headers) {
    try {
      return Optional.of(OriginHeaders.of(links, headers));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // The exception quotes the value.
    }
  }

  private static Failure noHeaders(WebSource spec) {
    return Failure.referenceNotFound(
        "The Secret %s of spec.web.headersSecretRef has a key or a value that cannot be an HTTP header. Use names such as Authorization as keys, and values on one line."
            .formatted(spec.headersSecretRef() == null ? "" : spec.headersSecretRef().name()));
  }
}
