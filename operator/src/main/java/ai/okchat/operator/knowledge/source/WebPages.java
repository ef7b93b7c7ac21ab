package ai.okchat.operator.knowledge.source;

import ai.okchat.api.v1alpha1.DocumentState;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.api.v1alpha1.KnowledgeSourceStatus;
import ai.okchat.api.v1alpha1.SecretRef;
import ai.okchat.api.v1alpha1.WebSource;
import ai.okchat.operator.fetch.OriginHeaders;
import ai.okchat.operator.fetch.SourceException;
import ai.okchat.operator.fetch.WebFetcher;
import ai.okchat.operator.status.Failure;
import ai.okchat.planning.document.FileType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Reads web pages, each a document named by its URL.
 *
 * @param good digests of the documents that were good at the last reconciliation, by URL
 */
record WebPages(
    WebSource spec,
    OriginHeaders credentials,
    WebFetcher fetcher,
    ContentLimits limits,
    Map<String, String> good,
    PoliteFetcher.Pace pace)
    implements Source {

  /** {@code spec.web}. */
  record Kind(WebSource spec) implements SourceKind {

    private static final String SECRET = "spec.web.headersSecretRef";

    @Override
    public boolean isRemote() {
      return true;
    }

    @Override
    public int failedLimitPercent() {
      return spec.failedLimitPercent();
    }

    @Override
    public Optional<SecretRef> secretRef() {
      return Optional.ofNullable(spec.headersSecretRef());
    }

    @Override
    public Reading read(
        KnowledgeSource source,
        SourceClients clients,
        ContentLimits limits,
        Optional<Snapshot> before) {
      return clients
          .texts()
          .read(source)
          .flatMap(whole -> Optional.ofNullable(whole.web()))
          .map(whole -> new Kind(whole).readWhole(source, clients, limits, before))
          .orElseGet(Reading.Outdated::new);
    }

    private Reading readWhole(
        KnowledgeSource source,
        SourceClients clients,
        ContentLimits limits,
        Optional<Snapshot> before) {
      var links = Stream.concat(links(spec).stream(), sitemap(spec).stream()).toList();
      var hosts = links.stream().map(HttpUrl::host).collect(Collectors.toSet());
      var namespace = source.getMetadata().getNamespace();
      return switch (clients.secrets().read(namespace, spec.headersSecretRef(), SECRET, hosts)) {
        case SourceSecrets.Values.Missing(var failure) -> new Reading.Missing(failure);
        case SourceSecrets.Values.Found(var headers) ->
            credentials(links, headers)
                .map(
                    authorized ->
                        new WebPages(
                                spec,
                                authorized,
                                clients.web(),
                                limits,
                                good(source.getStatus()),
                                PoliteFetcher.Pace.SYSTEM)
                            .read(before))
                .orElseGet(() -> new Reading.Missing(noHeaders()));
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

    /**
     * Returns the digests of the documents that the status names: they survive a restart. A failed
     * document may have a good version in the bot, whose digest is unknown.
     */
    static Map<String, String> good(@Nullable KnowledgeSourceStatus status) {
      var good = new HashMap<String, String>();
      if (status != null) {
        for (var document : status.documents()) {
          if (document.state() == DocumentState.ACCEPTED && document.digest() != null) {
            good.put(document.name(), document.digest().replace("sha256:", ""));
          } else if (document.state() == DocumentState.FAILED) {
            good.put(document.name(), "unknown " + document.name());
          }
        }
      }
      return good;
    }

    private Failure noHeaders() {
      return Failure.referenceNotFound(
          "The Secret %s of %s has a key or a value that cannot be an HTTP header. Use names such as Authorization as keys, and values on one line."
              .formatted(secretRef().map(SecretRef::name).orElse(""), SECRET));
    }
  }

  WebPages(WebSource spec, OriginHeaders credentials, WebFetcher fetcher, ContentLimits limits) {
    this(spec, credentials, fetcher, limits, Map.of(), PoliteFetcher.Pace.SYSTEM);
  }

  @Override
  public Reading read(Optional<Snapshot> before) {
    var polite = new PoliteFetcher(fetcher, credentials, limits.readTime(), pace);
    return new Reading.Read(
        DocumentCollector.read(
            limits,
            collector ->
                new WebCrawl(spec, polite, collector, limits.documents(), good, before).run()));
  }

  /**
   * Returns the URLs of the pages that the spec names.
   *
   * @throws SourceException if the HTTP client does not accept one of them
   */
  static List<HttpUrl> links(WebSource spec) {
    return IntStream.range(0, spec.urls().size())
        .mapToObj(i -> parsed("spec.web.urls[%d]".formatted(i), spec.urls().get(i)))
        .toList();
  }

  /**
   * Returns the URL of the sitemap, if the spec names one.
   *
   * @throws SourceException if the HTTP client does not accept it
   */
  static Optional<HttpUrl> sitemap(WebSource spec) {
    return Optional.ofNullable(spec.sitemap()).map(link -> parsed("spec.web.sitemap", link));
  }

  private static HttpUrl parsed(String field, String link) {
    var url = HttpUrl.parse(link);
    if (url == null) {
      throw new SourceException(
          "%s is not a link that can be followed. Write one such as https://example.com/prices."
              .formatted(field),
          false);
    }
    return url;
  }

  /** Returns the type of a page; empty if the backend does not accept it. */
  static Optional<FileType> typeOf(WebFetcher.Page page) {
    return switch (page.mediaType()) {
      case "text/html", "application/xhtml+xml" -> Optional.of(FileType.HTML);
      case "text/markdown", "text/x-markdown" -> Optional.of(FileType.MARKDOWN);
      case "text/csv" -> Optional.of(FileType.CSV);
      case "application/json" -> Optional.of(FileType.JSON);
      case "application/pdf" -> Optional.of(FileType.PDF);
      case "application/msword" -> Optional.of(FileType.DOC);
      case "application/vnd.openxmlformats-officedocument.wordprocessingml.document" ->
          Optional.of(FileType.DOCX);
      case "text/plain" ->
          FileType.ofFileName(page.url().encodedPath()).or(() -> Optional.of(FileType.TEXT));
      case "", "application/octet-stream", "binary/octet-stream" ->
          FileType.ofFileName(page.url().encodedPath());
      default -> Optional.empty();
    };
  }
}
